import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { History } from '../src/core/history/entry.ts';
import type { Operation } from '../src/core/history/operation.ts';
import { historyOfReference, judged, tapes, verdictOf } from './claims/reference.fixture.ts';
import type { Reference } from './claims/reference.fixture.ts';
import { allHistories, historyOf, operationsOf } from './linearizability/histories.fixture.ts';
import type { Kind } from './linearizability/histories.fixture.ts';

const counting = (): Reference => {
  let count = 0;
  return {
    draw: (draw) =>
      [
        { f: 'read', value: null },
        { f: 'inc', value: null },
        { f: 'add', value: draw(9) - 4 },
        { f: 'dec', value: 2 },
      ][draw(4)]!,
    happen({ f, value }) {
      if (f === 'read') return { type: 'ok', value: count };
      count += f === 'inc' ? 1 : f === 'dec' ? -Number(value) : Number(value);
      return { type: 'ok', value };
    },
  };
};

const correct = (tape: readonly number[]): History =>
  historyOfReference(counting(), tape, { threads: 4, last: [{ f: 'read', value: null }] });

describe('counter', () => {
  const inc = ['0 invoke inc', '0 ok inc'];

  test('a read below what was acknowledged before it has lost something', async () => {
    expect(await judged('counter', [...inc, '1 invoke read', '1 ok read 0'])).toMatchObject({
      verdict: { verdict: 'invalid', kind: 'safety' },
      summary: 'a read answered 0 where only 1 is possible',
      findings: [{ type: 'counter-too-low', entries: [3] }],
    });
    expect(await verdictOf('counter', [...inc, '1 invoke read', '1 ok read 1'])).toBe('valid');
  });

  test('an increment that failed does not count, one that is open or unknown may', async () => {
    const lines = ['0 invoke add 5', '0 info add 5', '1 invoke add 2', '1 fail add 2'];
    for (const [read, verdict] of [
      [0, 'valid'],
      [5, 'valid'],
      [7, 'invalid (safety): counter-too-high'],
      [-1, 'invalid (safety): counter-too-low'],
    ] as const)
      expect(await verdictOf('counter', [...lines, '2 invoke read', `2 ok read ${read}`])).toBe(
        verdict,
      );
  });

  test('an increment that is invoked after the read has ended does not explain it', async () => {
    const lines = ['1 invoke read', '1 ok read 1', ...inc];
    expect(await verdictOf('counter', lines)).toBe('invalid (safety): counter-too-high');
    const overlapping = ['1 invoke read', '0 invoke inc', '1 ok read 1', '0 ok inc'];
    expect(await verdictOf('counter', overlapping)).toBe('valid');
  });

  test('without a read there is nothing to judge, and what is no whole number is refused', async () => {
    expect(await verdictOf('counter', inc)).toBe('unknown (vacuous)');
    await expect(judged('counter', ['0 invoke add "x"'])).rejects.toThrow('a whole number is due');
    await expect(judged('counter', ['0 invoke read', '0 ok read 0.5'])).rejects.toThrow('entry 1');
    const large = ['0 invoke add 9007199254740991', '1 invoke add 9007199254740991'];
    expect(await verdictOf('counter', [large[0]!, '2 invoke read', '2 ok read 0'])).toBe('valid');
    await expect(judged('counter', large)).rejects.toThrow('entry 1: add has');
  });
});

test('a correct counter never fails, and a last read off by more than all unknowns does', () =>
  fc.assert(
    fc.asyncProperty(tapes, async (tape) => {
      const history = correct(tape);
      expect(await verdictOf('counter', history)).toBe('valid');
      const last = history.entries.at(-1)!;
      const beyond = history.entries.length * 4 + 1;
      for (const off of [beyond, -beyond]) {
        const planted = { ...last, value: (last.value as number) + off };
        const { findings } = await judged(
          'counter',
          historyOf(history.entries.with(last.index, planted)),
        );
        expect(findings.map(({ entries }) => entries)).toContainEqual([last.index]);
      }
    }),
    { numRuns: 500 },
  ));

/** Whether every read lies between the least and the most that some choice of increments comes to. */
function isExplained(operations: readonly Operation[]): boolean {
  const increments = operations.filter(({ f, outcome }) => f !== 'read' && outcome !== 'fail');
  return operations
    .filter(({ f, outcome }) => f === 'read' && outcome === 'ok')
    .every((read) => {
      const sums = Array.from({ length: 2 ** increments.length }, (_, choice) =>
        increments.filter((_, i) => (choice >> i) % 2 === 1),
      )
        .filter((chosen) => chosen.every(({ invokeIndex }) => invokeIndex < read.completeIndex!))
        .filter((chosen) =>
          increments.every(
            (each) =>
              each.outcome !== 'ok' ||
              each.completeIndex! > read.invokeIndex ||
              chosen.includes(each),
          ),
        )
        .map((chosen) => chosen.reduce((sum, { input }) => sum + (input as number), 0));
      const value = read.output as number;
      return Math.min(...sums) <= value && value <= Math.max(...sums);
    });
}

test('every small history is judged as trying all choices of increments judges it', async () => {
  const kinds: Kind[] = [
    ...[2, -1].map((value): Kind => ({ f: 'add', value, type: 'ok' })),
    { f: 'add', value: 2, type: 'info' },
    { f: 'add', value: -1, type: 'fail' },
    ...[-1, 0, 1, 2, 4].map((value): Kind => ({ f: 'read', value, type: 'ok' })),
  ];
  const counts = { valid: 0, invalid: 0 };
  for (const history of allHistories(kinds, 3)) {
    const { verdict } = await judged('counter', history);
    if (verdict.verdict === 'unknown') continue;
    const expected = isExplained(operationsOf(history)) ? 'valid' : 'invalid';
    counts[expected]++;
    if (verdict.verdict !== expected) expect(history.entries).toBe(expected);
  }
  expect(Math.min(counts.valid, counts.invalid)).toBeGreaterThan(1000);
});
