import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Entry, History } from '../../src/core/history/entry.ts';
import { historyOfReference, judged, tapes, verdictOf } from '../claims/reference.fixture.ts';
import type { Reference } from '../claims/reference.fixture.ts';
import { historyOf } from '../linearizability/histories.fixture.ts';

const write = (process: number, key: number) => [
  `${process} invoke write [["w",${key},1]]`,
  `${process} ok write [["w",${key},1]]`,
];
const read = (process: number, values: Record<number, number | null>) => [
  `${process} invoke read ${JSON.stringify(Object.keys(values).map((key) => ['r', Number(key), null]))}`,
  `${process} ok read ${JSON.stringify(Object.entries(values).map(([key, value]) => ['r', Number(key), value]))}`,
];
const written = [...write(0, 1), ...write(0, 2), ...write(0, 3)];

describe('long-fork', () => {
  test('two reads that each have a write that the other has not are a fork', async () => {
    const lines = [...written, ...read(1, { 1: 1, 2: null }), ...read(2, { 1: null, 2: 1 })];
    expect(await judged('long-fork', lines)).toMatchObject({
      verdict: { verdict: 'invalid', kind: 'safety' },
      summary:
        'reads disagree on the order of writes: one has 1 and not yet 2, one has 2 and not yet 1',
      findings: [{ type: 'long-fork', entries: [7, 9] }],
    });
    const agreed = [...written, ...read(1, { 1: 1, 2: null }), ...read(2, { 1: 1, 2: 1 })];
    expect(await verdictOf('long-fork', agreed)).toBe('valid');
  });

  test('three reads of other pairs may fork where no two do', async () => {
    const lines = [...written, ...read(1, { 1: 1, 2: null }), ...read(2, { 2: 1, 3: null })];
    expect(await verdictOf('long-fork', lines)).toBe('valid');
    expect(await verdictOf('long-fork', [...lines, ...read(3, { 3: 1, 1: null })])).toBe(
      'invalid (safety): long-fork',
    );
  });

  test('what nobody wrote is named, and a key that was written twice is left out', async () => {
    expect(await verdictOf('long-fork', [...written, ...read(1, { 1: 7, 2: null })])).toMatch(
      /unwritten-value/,
    );
    const twice = [...written, ...write(0, 1), ...read(1, { 1: 1, 2: null })];
    expect(await verdictOf('long-fork', [...twice, ...read(2, { 1: null, 2: 1 })])).toBe(
      'unknown (vacuous)',
    );
  });

  test('reads that saw all or nothing say nothing, and another shape is refused', async () => {
    expect(await verdictOf('long-fork', [...written, ...read(1, { 1: 1, 2: 1 })])).toBe(
      'unknown (vacuous)',
    );
    await expect(judged('long-fork', ['0 invoke read 3'])).rejects.toThrow('a list of [r or w');
  });
});

const snapshots = (): Reference => {
  const values = new Map<number, number>();
  return {
    draw: (draw, n) =>
      draw(2) === 0
        ? { f: 'write', value: [['w', n, 1]] }
        : { f: 'read', value: [0, 1, 2].map(() => ['r', draw(n + 2), null]) },
    happen({ f, value }) {
      const accesses = value as [string, number, unknown][];
      if (f === 'read')
        return { type: 'ok', value: accesses.map(([r, key]) => [r, key, values.get(key) ?? null]) };
      for (const [, key] of accesses) values.set(key, 1);
      return { type: 'ok', value };
    },
  };
};

test('snapshots at one moment never fork, whatever crashes and stays unknown', () =>
  fc.assert(
    fc.asyncProperty(tapes, async (tape) => {
      const history = historyOfReference(snapshots(), tape, { threads: 4 });
      expect(await verdictOf('long-fork', history)).toMatch(/^(valid|unknown \(vacuous\))$/);
    }),
    { numRuns: 500 },
  ));

const keys = [0, 1, 2, 3];
const orders = keys.flatMap((a) =>
  keys.flatMap((b) =>
    keys.flatMap((c) => keys.map((d) => [a, b, c, d]).filter((all) => new Set(all).size === 4)),
  ),
);

test('random reads are judged as trying all orders of the writes judges them, whatever became of these', async () => {
  const counts = { valid: 0, invalid: 0 };
  const readsOf = fc.array(fc.array(fc.constantFrom(0, 1, null), { minLength: 4, maxLength: 4 }), {
    minLength: 1,
    maxLength: 4,
  });
  const end = fc.constantFrom<Entry['type']>('ok', 'ok', 'ok', 'info', 'fail');
  const endsOf = fc.tuple(end, end, end, end);
  await fc.assert(
    fc.asyncProperty(readsOf, endsOf, async (reads, ends) => {
      const entries: Entry[] = [];
      const did = (f: string, value: unknown, end: Entry['type'] = 'ok') => {
        for (const type of ['invoke', end] as const)
          entries.push({ index: entries.length, timeNs: 0, process: 0, type, f, value });
      };
      for (const key of keys) did('write', [['w', key, 1]], ends[key]);
      // 1: there, 0: not yet, null: not read.
      for (const each of reads)
        did(
          'read',
          each.flatMap((bit, key) => (bit === null ? [] : [['r', key, bit || null]])),
        );
      const history: History = historyOf(entries);
      const { verdict } = await judged('long-fork', history);
      if (verdict.verdict === 'unknown') return;
      const isExplained = orders.some((order) =>
        reads.every((each) => {
          if (each.some((bit, key) => bit === 1 && ends[key] === 'fail')) return false;
          const there = order.map((key) => each[key]).filter((bit) => bit !== null);
          return !there.join('').includes('01');
        }),
      );
      const expected = isExplained ? 'valid' : 'invalid';
      counts[expected]++;
      expect(verdict.verdict).toBe(expected);
    }),
    { numRuns: 2000 },
  );
  expect(Math.min(counts.valid, counts.invalid)).toBeGreaterThan(200);
});
