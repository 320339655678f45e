import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { History } from '../../src/core/history/entry.ts';
import { historyOfReference, judged, tapes, verdictOf } from '../claims/reference.fixture.ts';
import type { Reference } from '../claims/reference.fixture.ts';
import { historyOf } from '../linearizability/histories.fixture.ts';

const banking = (): Reference => {
  const balances = [10, 10, 10];
  return {
    draw: (draw) =>
      draw(2) === 0
        ? { f: 'read', value: null }
        : { f: 'transfer', value: { from: draw(3), to: draw(3), amount: draw(6) } },
    happen({ f, value }) {
      if (f === 'read') return { type: 'ok', value: Object.fromEntries(balances.entries()) };
      const { from, to, amount } = value as { from: number; to: number; amount: number };
      if (balances[from]! < amount) return { type: 'fail', value };
      balances[from]! -= amount;
      balances[to]! += amount;
      return { type: 'ok', value };
    },
  };
};

const correct = (tape: readonly number[]): History =>
  historyOfReference(banking(), tape, { threads: 4, last: [{ f: 'read', value: null }] });

const moved = ['0 invoke transfer {"from":0,"to":1,"amount":5}', '0 ok transfer null'];
const read = (value: string) => ['1 invoke read', `1 ok read ${value}`];

describe('bank', () => {
  test('a read with another total is found, with the read that it contradicts', async () => {
    const lines = [...moved, ...read('{"0":5,"1":15}'), ...read('{"0":5,"1":10}')];
    expect(await judged('bank', lines)).toMatchObject({
      verdict: { verdict: 'invalid', kind: 'safety' },
      summary: 'a read has a total of 15, and the first read one of 20',
      findings: [{ type: 'wrong-total', entries: [5, 3] }],
    });
    expect(await judged('bank', [...moved, ...read('[5,10]')], { total: 20 })).toMatchObject({
      summary: 'a read has a total of 15, not 20',
    });
    expect(await verdictOf('bank', [...moved, ...read('[[0,5],[1,15]]')], { total: 20 })).toBe(
      'valid',
    );
  });

  test('an overdrawn account is a violation, unless it may be', async () => {
    const lines = [...moved, ...read('{"0":-5,"1":25}')];
    expect(await judged('bank', lines)).toMatchObject({
      summary: 'a read has account 0 at -5',
      findings: [{ type: 'negative-balance', entries: [3] }],
    });
    expect(await verdictOf('bank', lines, { negativeBalances: true })).toBe('valid');
  });

  test('an account that comes or goes is a violation, though the total be right', async () => {
    const lines = [...moved, ...read('{"0":5,"1":15}'), ...read('{"0":5,"2":15}')];
    expect(await verdictOf('bank', lines)).toBe('invalid (safety): other-accounts');
  });

  test('no read or no transfer says nothing, and a balance that is no number is refused', async () => {
    expect(await verdictOf('bank', moved)).toBe('unknown (vacuous)');
    expect(await verdictOf('bank', read('[1,2]'))).toBe('unknown (vacuous)');
    await expect(judged('bank', read('{"0":null}'))).rejects.toThrow('entry 1: read has');
    for (const strange of ['7', '[["a",1],["a",2]]', '[9007199254740991,1]', '[1,0.5]'])
      await expect(judged('bank', read(strange))).rejects.toThrow(
        'a whole number for each account',
      );
    await expect(judged('bank', [], { totals: 3 })).rejects.toThrow('has no option totals');
    await expect(judged('bank', [], { total: '3' })).rejects.toThrow('must be a number');
  });
});

test('a correct bank never fails, and money that is made in any read is found there', () =>
  fc.assert(
    fc.asyncProperty(tapes, fc.nat(), fc.nat({ max: 2 }), async (tape, choice, account) => {
      const { entries } = correct(tape);
      expect(await verdictOf('bank', historyOf(entries), { total: 30 })).toMatch(
        /^(valid|unknown \(vacuous\))$/,
      );
      const reads = entries.filter(({ f, type }) => f === 'read' && type === 'ok');
      const one = reads[choice % reads.length]!;
      const balances = one.value as Record<number, number>;
      const value = { ...balances, [account]: balances[account]! + 1 };
      const planted = historyOf(entries.with(one.index, { ...one, value }));
      const { findings } = await judged('bank', planted, { total: 30 });
      expect(findings.map(({ entries }) => entries)).toEqual([[one.index]]);
      // Without a known total the reads must agree, and so a lie shows wherever there is another read.
      if (reads.length > 1) expect(await verdictOf('bank', planted)).toMatch(/^invalid/);
    }),
    { numRuns: 300 },
  ));

/** Whether money that moves in steps of one, and overdraws no account if none may be, gets from one read to the other. */
function isReached(from: readonly number[], to: readonly number[], least: number): boolean {
  const met = new Set([from.join()]);
  const waiting = [from];
  for (const balances of waiting)
    for (const payer of balances.keys())
      for (const payee of balances.keys()) {
        const after = balances.map(
          (balance, at) => balance + Number(at === payee) - Number(at === payer),
        );
        if (after.some((balance) => balance < least) || met.has(after.join())) continue;
        met.add(after.join());
        waiting.push(after);
      }
  return met.has(to.join());
}

test('every two small reads are judged as moving money between them judges them', async () => {
  const amounts = [-1, 0, 1, 2];
  const all = [
    ...amounts.flatMap((a) => amounts.map((b) => [a, b])),
    ...amounts.flatMap((a) => [0, 1].map((b) => [a, b, 1])),
  ];
  const counts = { valid: 0, invalid: 0 };
  for (const negativeBalances of [true, false])
    for (const one of all)
      for (const other of all) {
        const least = negativeBalances ? -2 : 0;
        const isMoved = one.every((balance) => balance >= least) && isReached(one, other, least);
        const expected = isMoved ? 'valid' : 'invalid';
        counts[expected]++;
        const lines = [...moved, ...read(JSON.stringify(one)), ...read(JSON.stringify(other))];
        const { verdict } = await judged('bank', lines, { negativeBalances });
        if (verdict.verdict !== expected) expect([one, other, negativeBalances]).toBe(expected);
      }
  expect(Math.min(counts.valid, counts.invalid)).toBeGreaterThan(50);
});
