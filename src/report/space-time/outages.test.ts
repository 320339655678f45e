import { expect, test } from 'vitest';
import type { Entry } from '../../core/history/entry.ts';
import { nodeId } from '../../core/ids.ts';
import { traceOf } from '../../core/trace.ts';
import type { TrueTimeNs } from '../../core/time.ts';
import { outagesOf } from './outages.ts';

const originNs = 7_000_000;
const started = (node: number, timeUs: number) => ({
  node: nodeId(node),
  timeNs: (originNs + timeUs * 1000) as TrueTimeNs,
  event: 'started' as const,
  incarnation: 1,
});

type Draft = Pick<Entry, 'process' | 'type' | 'f'> & { us: number; value?: unknown };
const entries = (...drafts: readonly Draft[]): Entry[] =>
  drafts.map(({ us, value = null, ...rest }, index) =>
    Object.assign({ index, timeNs: us * 1000, value }, rest),
  );
const struck = (us: number, family: string, after: object): Draft => ({
  us,
  process: `nemesis:${family}`,
  type: 'ok',
  f: 'start',
  value: { target: 'one', evidence: { before: {}, after } },
});
const healed = (us: number, family: string): Draft => ({
  us,
  process: `nemesis:${family}`,
  type: 'ok',
  f: 'stop',
});
const end: Draft = { us: 900, process: 'phase', type: 'info', f: 'done' };

test('a killed node is down until it traces that it started, not since it did so before', () => {
  const history = entries(struck(100, 'kill', { n1: 'dead', n2: 'running' }), healed(400, 'kill'));
  expect(outagesOf(history, traceOf([started(1, 20), started(1, 350)]), originNs)).toEqual([
    { node: 'n1', how: 'dead', startUs: 100, endUs: 350 },
  ]);
});

test('a paused node is so until that is healed, whatever another nemesis heals', () => {
  const history = entries(
    struck(100, 'pause', { n3: 'paused' }),
    healed(150, 'kill'),
    healed(300, 'pause'),
    end,
  );
  expect(outagesOf(history, traceOf([]), originNs)).toEqual([
    { node: 'n3', how: 'paused', startUs: 100, endUs: 300 },
  ]);
});

test('a node that ended by itself is down to the end', () => {
  const exited: Draft = {
    us: 70,
    process: 'phase',
    type: 'info',
    f: 'node-exited',
    value: { node: 'n2', how: 'with status 1' },
  };
  expect(outagesOf(entries(exited, end), traceOf([]), originNs)).toEqual([
    { node: 'n2', how: 'dead', startUs: 70, endUs: 900 },
  ]);
});

test('other faults, and what a damaged history says, take no node down', () => {
  const strange = { ...struck(10, 'kill', {}), value: { evidence: { after: 'dead' } } };
  const cut = { ...struck(10, 'partition', {}), value: { evidence: { cut: ['n1→n2'] } } };
  expect(outagesOf(entries(strange, cut, end), traceOf([]), originNs)).toEqual([]);
});
