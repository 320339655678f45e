import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { historyOfReference, judged, tapes, verdictOf } from './claims/reference.fixture.ts';
import type { Reference } from './claims/reference.fixture.ts';
import { allHistories, historyOf } from './linearizability/histories.fixture.ts';
import type { Kind } from './linearizability/histories.fixture.ts';

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

  test('each key has ids of its own, and nothing is no id', async () => {
    const of = (key: string) => [`0 invoke ${key}:generate`, `0 ok ${key}:generate 7`];
    expect(await verdictOf('unique-ids', [...of('a'), ...of('b')])).toBe('valid');
    expect(await judged('unique-ids', [...of('a'), ...of('b'), ...of('b')])).toMatchObject({
      summary: 'key b: id 7 was generated 2 times',
    });
    await expect(judged('unique-ids', ['0 invoke generate', '0 ok generate'])).rejects.toThrow(
      'entry 1: generate has null where an id is due',
    );
  });

  test('every small history is judged as comparing all answers judges it', async () => {
    const ids = [0, '0', '', false, [0], [[0]], { a: 0 }, 0.5];
    const kinds: Kind[] = [
      ...ids.map((value): Kind => ({ f: 'generate', value, type: 'ok' })),
      ...(['info', 'fail'] as const).map((type): Kind => ({ f: 'generate', value: 0, type })),
    ];
    const counts = { valid: 0, invalid: 0 };
    for (const history of allHistories(kinds, 3)) {
      const { verdict } = await judged('unique-ids', history);
      const given = history.entries.filter(({ type }) => type === 'ok');
      if (given.length === 0) continue;
      const isTwice = given.some((one) =>
        given.some((other) => one !== other && isDeepStrictEqual(one.value, other.value)),
      );
      const expected = isTwice ? 'invalid' : 'valid';
      counts[expected]++;
      if (verdict.verdict !== expected) expect(history.entries).toBe(expected);
    }
    expect(Math.min(counts.valid, counts.invalid)).toBeGreaterThan(1000);
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
