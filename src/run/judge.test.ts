import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systems } from '../../nodes/systems.ts';
import { configSchema } from '../config/schema.ts';
import { settingsOf } from '../config/settings.ts';
import { encodeEntry, encodeHeader } from '../core/history/codec.ts';
import type { Entry } from '../core/history/entry.ts';
import { runFiles } from '../store/run-folder.ts';
import { judgeRun } from './judge.ts';
import { makePlan } from './plan.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'dsp-judge-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

type Fact = Omit<Entry, 'index' | 'timeNs'>;

const phase = (f: string, value: unknown = null): Fact => ({
  process: 'phase',
  type: 'info',
  f,
  value,
});
const call = (process: number, f: string, asked: unknown, answer: unknown): Fact[] => [
  { process, type: 'invoke', f, key: 0, value: asked },
  { process, type: 'ok', f, key: 0, value: answer },
];

/** Writes the folder of a run that recorded these facts. */
function recorded(facts: readonly Fact[], tail = ''): string {
  const plan = makePlan(settingsOf(configSchema.parse({ seed: '1', nodes: 3 })), systems);
  const header = {
    format: 'dsp-history',
    version: 1,
    originNs: 0,
    startedAt: '2026-01-01T00:00:00Z',
  } as const;
  const lines = facts.map((fact, index) =>
    encodeEntry({ index, timeNs: index * 1_000_000, ...fact }),
  );
  writeFileSync(join(folder, runFiles.plan), JSON.stringify(plan));
  writeFileSync(join(folder, runFiles.history), encodeHeader(header) + lines.join('') + tail);
  return folder;
}

const begin = [
  phase('set-up', { dsp: '1.2.3', node: 'v24', toxiproxy: 'embedded' }),
  phase('load'),
];
const end = [
  phase('heal'),
  phase('recover', { boundSeconds: 20, threads: 2 }),
  phase('final-reads', { recoveredThreads: 2, threads: 2 }),
  phase('done', { interrupted: false }),
];
const fine = [...call(0, 'write', 1, 1), ...call(1, 'read', null, 1)];
const stale = [...call(0, 'write', 1, 1), ...call(0, 'write', 2, 2), ...call(1, 'read', null, 1)];

describe('a run is judged from its folder', () => {
  test('a register that answers rightly has no violation', async () => {
    const verdict = await judgeRun(recorded([...begin, ...fine, ...end]));
    expect(verdict.findings).toEqual([]);
    expect(verdict).toMatchObject({
      interrupted: false,
      counts: { operations: 2, ok: 2, fail: 0, info: 0 },
      versions: { dsp: '1.2.3', toxiproxy: 'embedded' },
      replay: 'npx dsp test --nodes 3 --seed 1',
    });
    expect(verdict.phases.map(({ name }) => name)).toEqual([
      'set-up',
      'load',
      'heal',
      'recover',
      'final-reads',
      'done',
    ]);
  });

  test('one that answers with an older value is invalid, and its sentence stands first', async () => {
    const verdict = await judgeRun(recorded([...begin, ...stale, ...end]));
    expect(verdict).toMatchObject({ verdict: 'invalid', kind: 'safety' });
    expect(verdict.summary).toBe(verdict.findings[0]!.summary);
    expect(verdict.findings[0]).toMatchObject({ type: 'not-linearizable' });
  });

  test('clients that did not recover make it invalid for liveness', async () => {
    const late = end.map((fact) =>
      fact.f === 'final-reads' ? { ...fact, value: { recoveredThreads: 1, threads: 2 } } : fact,
    );
    expect(await judgeRun(recorded([...begin, ...fine, ...late]))).toMatchObject({
      verdict: 'invalid',
      kind: 'liveness',
    });
  });

  test('a history without its end is unknown, its torn last line dropped', async () => {
    const verdict = await judgeRun(recorded([...begin, ...fine], '{"index":6,"timeN'));
    expect(verdict).toMatchObject({ verdict: 'unknown', reason: 'torn', interrupted: true });
  });

  test('a violation is not hidden by a history without its end', async () => {
    expect(await judgeRun(recorded([...begin, ...stale]))).toMatchObject({
      verdict: 'invalid',
      kind: 'safety',
    });
  });

  test('a run without a single success is unknown', async () => {
    expect(await judgeRun(recorded([...begin, ...end]))).toMatchObject({
      verdict: 'unknown',
      reason: 'vacuous',
    });
  });

  test('a malformed line is bad data, named by its number', async () => {
    await expect(judgeRun(recorded([...begin, ...fine], 'nonsense\n'))).rejects.toThrow(
      /history\.jsonl:8/,
    );
  });
});
