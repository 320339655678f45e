import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Entry, History } from '../../src/core/history/entry.ts';
import { registerReference } from '../registers/reference.fixture.ts';
import { historyOfReference, judged, tapes, verdictOf } from '../claims/reference.fixture.ts';
import { historyOf, operationsOf } from '../linearizability/histories.fixture.ts';

const did = (process: number, f: string, value: string) => [
  `${process} invoke ${f} ${f.endsWith('read') ? 'null' : value}`,
  `${process} ok ${f} ${value}`,
];

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

/** Three clients, two registers, every read of anything that was written before it. */
function anything(tape: readonly number[]): History {
  const entries: Entry[] = [];
  const written: Record<string, (number | null)[]> = { x: [null], y: [null] };
  for (let at = 0; at + 1 < tape.length; at += 2) {
    const process = tape[at]! % 3;
    const key = 'xy'[(tape[at]! >> 4) % 2]!;
    const values = written[key]!;
    const [f, value]: [string, number | null] =
      tape[at + 1]! % 5 < 3 ? ['read', values[tape[at + 1]! % values.length]!] : ['write', at + 1];
    if (f === 'write') values.push(value);
    const input = f === 'read' ? null : value;
    for (const [type, said] of [
      ['invoke', input],
      ['ok', value],
    ] as const)
      entries.push({
        index: entries.length,
        timeNs: 0,
        process,
        type,
        f,
        key,
        value: said,
      });
  }
  return historyOf(entries);
}

/** The definition: the order is closed step by step, and every pair of writes is tried for every read. */
function isCausal(history: History): boolean {
  const operations = operationsOf(history);
  const before = operations.map((a, i) =>
    operations.map(
      (b, j) =>
        (a.process === b.process && i < j) ||
        (a.f === 'write' && b.f === 'read' && a.key === b.key && a.input === b.output),
    ),
  );
  const all = operations.map((_, i) => i);
  for (const k of all)
    for (const i of all) for (const j of all) before[i]![j] ||= before[i]![k]! && before[k]![j]!;
  return all.every((r) => {
    const read = operations[r]!;
    if (read.f !== 'read') return true;
    return all.every((w) => {
      const write = operations[w]!;
      if (write.f !== 'write' || write.key !== read.key || write.input === read.output) return true;
      if (!before[w]![r]!) return true;
      const source = all.find(
        (s) =>
          operations[s]!.f === 'write' &&
          operations[s]!.key === read.key &&
          operations[s]!.input === read.output,
      );
      return source !== undefined && !before[source]![w]!;
    });
  });
}

test('random histories are judged as the definition judges them', async () => {
  const counts = { valid: 0, invalid: 0 };
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat({ max: 9999 }), { minLength: 10, maxLength: 26 }),
      async (tape) => {
        const history = anything(tape);
        const { verdict } = await judged('causal', history);
        if (verdict.verdict === 'unknown') return;
        const expected = isCausal(history) ? 'valid' : 'invalid';
        counts[expected]++;
        expect(verdict.verdict).toBe(expected);
      },
    ),
    { numRuns: 3000 },
  );
  expect(Math.min(counts.valid, counts.invalid)).toBeGreaterThan(300);
});
