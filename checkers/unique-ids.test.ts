import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { historyOfReference, judged, tapes, verdictOf } from './claims/reference.fixture.ts';
import type { Reference } from './claims/reference.fixture.ts';
import { historyOf } from './linearizability/histories.fixture.ts';

const generating = (): Reference => {
  let last = 0;
  return {
    draw: () => ({ f: 'generate', value: null }),
    happen: () => ({ type: 'ok', value: `id ${++last}` }),
  };
};

describe('unique-ids', () => {
  test('an id that was generated twice is found, with both who got it', async () => {
    const lines = ['0 invoke generate', '0 ok generate 7', '1 invoke generate', '1 ok generate 7'];
    expect(await judged('unique-ids', lines)).toMatchObject({
      verdict: { verdict: 'invalid', kind: 'safety' },
      summary: 'id 7 was generated 2 times',
      findings: [{ type: 'duplicate-id', entries: [1, 3] }],
    });
    expect(await verdictOf('unique-ids', lines.with(3, '1 ok generate "7"'))).toBe('valid');
  });

  test('an answer that was lost was nobody’s, and no answer at all says nothing', async () => {
    expect(await verdictOf('unique-ids', ['0 invoke generate', '0 info generate'])).toBe(
      'unknown (vacuous)',
    );
  });

  test('different ids never fail, and any two that are made one are found', () =>
    fc.assert(
      fc.asyncProperty(tapes, fc.nat(), fc.nat(), async (tape, a, b) => {
        const { entries } = historyOfReference(generating(), tape, { threads: 4 });
        const ok = entries.filter(({ type }) => type === 'ok');
        const verdict = await verdictOf('unique-ids', historyOf(entries));
        expect(verdict).toBe(ok.length === 0 ? 'unknown (vacuous)' : 'valid');
        const [one, other] = [ok[a % ok.length], ok[b % ok.length]];
        if (one === undefined || other === undefined || one === other) return;
        const planted = entries.with(other.index, { ...other, value: one.value });
        const { findings } = await judged('unique-ids', historyOf(planted));
        const found = findings.map(({ entries }) => new Set(entries));
        expect(found).toEqual([new Set([one.index, other.index])]);
      }),
      { numRuns: 300 },
    ));
});
