import { expect, test } from 'vitest';
import type { Entry } from '../src/core/history/entry.ts';
import { defaultBudget } from '../src/core/seams/checker.ts';
import { traceOf } from '../src/core/trace.ts';
import { nodeExited, unexpectedExits } from './unexpected-exits.ts';

const check = (entries: readonly Entry[]) =>
  unexpectedExits.check(
    {
      history: {
        header: { format: 'dsp-history', version: 1, originNs: 0, startedAt: '' },
        entries,
        torn: false,
      },
      trace: traceOf([]),
      nodes: [],
    },
    defaultBudget,
  );

const mark: Entry = {
  index: 0,
  timeNs: 0,
  process: 'phase',
  type: 'info',
  f: nodeExited,
  value: { node: 'n3', how: 'exit code 1' },
};

test('a node that ended by itself is found, and named', () => {
  expect(check([mark])).toMatchObject({
    verdict: { verdict: 'invalid', kind: 'liveness' },
    findings: [{ summary: 'node n3 ended by itself: exit code 1', entries: [0] }],
  });
});

test('a mark that says no more counts all the same', () => {
  expect(check([{ ...mark, value: null }])).toMatchObject({
    findings: [{ summary: 'node of no name ended by itself: nobody knows how' }],
  });
});

test('a node that a nemesis killed is not', () => {
  const killed: Entry = { ...mark, process: 'nemesis:kill', type: 'ok', f: 'start' };
  expect(check([killed])).toMatchObject({ verdict: { verdict: 'valid' }, findings: [] });
});
