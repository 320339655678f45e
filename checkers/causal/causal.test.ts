import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultBudget } from '../../src/core/seams/checker.ts';
import { traceOf } from '../../src/core/trace.ts';
import { historyFrom } from '../linearizability/histories.fixture.ts';
import { makeChecker } from '../registry.ts';
import { historyOfReference, judged, tapes, verdictOf } from '../claims/reference.fixture.ts';
import { anything, did, worldsOf } from '../registers/anything.fixture.ts';
import type { Happened } from '../registers/anything.fixture.ts';
import { registerReference } from '../registers/reference.fixture.ts';

describe('causal', () => {
  const cause = [...did(0, 'x:write', '1'), ...did(0, 'x:write', '2'), ...did(0, 'y:write', '3')];

  test('who has seen the effect does not see a version older than its cause', async () => {
    const lines = [...cause, ...did(1, 'y:read', '3'), ...did(1, 'x:read', '1')];
    expect(await judged('causal', lines)).toMatchObject({
      verdict: { verdict: 'invalid', kind: 'safety' },
      summary: 'process 1 read 1 of x, though 2 had replaced it in what came before',
      findings: [{ type: 'causally-stale-read', entries: [9, 3, 1] }],
    });
    expect(
      await verdictOf('causal', [...cause, ...did(1, 'x:read', '1'), ...did(1, 'y:read', '3')]),
    ).toBe('valid');
    const initial = [...cause, ...did(1, 'y:read', '3'), ...did(1, 'x:read', 'null')];
    expect(await verdictOf('causal', initial)).toMatch(/causally-stale-read/);
  });

  test('writes that do not know of each other may be seen in any order', async () => {
    const lines = [
      ...did(0, 'x:write', '1'),
      ...did(1, 'x:write', '2'),
      ...did(2, 'x:read', '1'),
      ...did(2, 'x:read', '2'),
      ...did(3, 'x:read', '2'),
      ...did(3, 'x:read', '1'),
    ];
    expect(await verdictOf('causal', lines)).toBe('valid');
  });

  test('an unknown write is a cause as soon as it was seen, and none before', async () => {
    const lines = [
      ...did(0, 'x:write', '1'),
      ...did(1, 'x:read', '1'),
      '1 invoke x:write 2',
      '1 info x:write 2',
    ];
    const seen = [...lines, ...did(2, 'x:read', '2'), ...did(2, 'x:read', '1')];
    expect(await verdictOf('causal', seen)).toMatch(/causally-stale-read/);
    expect(await verdictOf('causal', [...lines, ...did(2, 'x:read', '1')])).toBe('valid');
  });

  test('nothing follows an unknown write, though its process goes on', async () => {
    const unknown = ['0 invoke x:write 1', '0 info x:write 1'];
    const after = [...did(0, 'x:write', '2'), ...did(1, 'x:read', '2'), ...did(1, 'x:read', '1')];
    for (const checker of ['causal', 'sequential', 'session-guarantees']) {
      expect(await verdictOf(checker, [...unknown, ...after])).toBe('valid');
      expect(await verdictOf(checker, [...did(0, 'x:write', '1'), ...after])).toMatch(/^invalid/);
    }
  });

  test('an unknown compare-and-set that was seen has itself seen what it replaced', async () => {
    const swap = ['1 invoke x:cas [1,2]', '1 info x:cas [1,2]'];
    const seen = [...swap, ...did(2, 'x:read', '2')];
    expect(await verdictOf('causal', [...did(0, 'x:write', '1'), ...seen])).toBe('valid');
    expect(await judged('causal', seen)).toMatchObject({
      summary: '2 was read, in place of 1, and nobody ever wrote it',
      findings: [{ type: 'unwritten-value', entries: [3, 1] }],
    });
    const other = ['3 invoke x:cas [2,1]', '3 info x:cas [2,1]'];
    expect(await judged('causal', [...other, ...seen])).toMatchObject({
      summary: '2 was read, and only compare-and-sets that need each other wrote it',
    });
  });

  test('a value that nobody wrote is found, though there is no memory for the order', async () => {
    const spare = { ...defaultBudget, memoryBytesMax: 8 };
    const check = (lines: readonly string[]) =>
      makeChecker({ checker: 'causal' }).check(
        { history: historyFrom(lines), trace: traceOf([]), nodes: [] },
        spare,
      );
    const right = [...did(0, 'write', '1'), ...did(1, 'read', '1')];
    expect(await check(right)).toMatchObject({ verdict: { verdict: 'unknown', reason: 'budget' } });
    expect(await check([...right, ...did(1, 'read', '7')])).toMatchObject({
      verdict: { verdict: 'invalid' },
      findings: [{ type: 'unwritten-value' }],
    });
  });

  test('compare-and-sets that each need the other are a circle', async () => {
    const lines = ['0 invoke cas [1,2]', '1 invoke cas [2,1]', '0 ok cas [1,2]', '1 ok cas [2,1]'];
    expect(await verdictOf('causal', lines)).toBe('invalid (safety): circular-causes');
  });

  test('nothing read, or no value unique, says nothing', async () => {
    expect(await verdictOf('causal', cause)).toBe('unknown (vacuous)');
    const twice = [...did(0, 'write', '1'), ...did(1, 'write', '1'), ...did(1, 'read', '1')];
    expect(await verdictOf('causal', twice)).toBe('unknown (vacuous)');
  });
});

test('linearizable registers are causal, whatever crashes and stays unknown', () =>
  fc.assert(
    fc.asyncProperty(tapes, async (tape) => {
      const history = historyOfReference(registerReference(), tape, { threads: 4 });
      expect(await verdictOf('causal', history)).toMatch(/^(valid|unknown \(vacuous\))$/);
    }),
    { numRuns: 1000 },
  ));

/** The definition, for one choice of what happened: the order is closed step by step, and every write is tried for every read. */
function isCausal(world: readonly Happened[]): boolean {
  const isSource = (write: Happened, { key, observed }: Happened) =>
    write.written !== undefined && write.key === key && write.written === observed;
  const before = world.map((a) => world.map((b) => b.after.includes(a) || isSource(a, b)));
  const all = world.map((_, i) => i);
  for (const k of all)
    for (const i of all) for (const j of all) before[i]![j] ||= before[i]![k]! && before[k]![j]!;
  return all.every((r) => {
    const read = world[r]!;
    if (before[r]![r]!) return false;
    if (read.observed === undefined) return true;
    const source = all.find((s) => isSource(world[s]!, read));
    if (source === undefined && read.observed !== null) return false;
    return all.every((w) => {
      const { key, written } = world[w]!;
      if (written === undefined || key !== read.key || w === source || w === r) return true;
      return !before[w]![r]! || (source !== undefined && !before[source]![w]!);
    });
  });
}

test('random histories are judged as the definition judges them, in any world that is possible', async () => {
  const counts = { valid: 0, invalid: 0 };
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat({ max: 9999 }), { minLength: 12, maxLength: 36 }),
      async (tape) => {
        const history = anything(tape, { keys: ['x', 'y'] });
        const { verdict } = await judged('causal', history);
        if (verdict.verdict === 'unknown') return;
        const expected = worldsOf(history).some(isCausal) ? 'valid' : 'invalid';
        counts[expected]++;
        expect(verdict.verdict).toBe(expected);
      },
    ),
    { numRuns: 4000 },
  );
  expect(Math.min(counts.valid, counts.invalid)).toBeGreaterThan(300);
});
