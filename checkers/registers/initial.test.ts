/** Registers that begin with another value than null are judged as if that value were null, and null another one. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Entry, History } from '../../src/core/history/entry.ts';
import { defaultBudget } from '../../src/core/seams/checker.ts';
import type { CheckResult } from '../../src/core/verdict.ts';
import { traceOf } from '../../src/core/trace.ts';
import { historyFrom, historyOf } from '../linearizability/histories.fixture.ts';
import { makeChecker } from '../registry.ts';
import { anything } from './anything.fixture.ts';

const check = async (
  checker: string,
  history: History,
  options: Record<string, unknown>,
): Promise<readonly [CheckResult['verdict'], CheckResult['figures']]> => {
  const input = { history, trace: traceOf([]), nodes: [] };
  const { verdict, figures } = await makeChecker({ checker, options }).check(input, defaultBudget);
  return [verdict, figures];
};

/** Nulls of an invocation of a read are no values. */
function swapped({ entries }: History, initial: string): History {
  const swap = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(swap);
    return value === null ? initial : value;
  };
  return historyOf(
    entries.map((entry): Entry => {
      const asksNothing = entry.f === 'read' && entry.type !== 'ok';
      return asksNothing ? entry : { ...entry, value: swap(entry.value) };
    }),
  );
}

describe.each(['causal', 'sequential', 'session-guarantees'])('%s', (checker) => {
  test('judges the same of registers that begin with another value', async () => {
    const verdicts = { valid: 0, invalid: 0, unknown: 0 };
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(), { minLength: 12, maxLength: 30 }), async (tape) => {
        const history = anything(tape, { keys: ['x', 'y'], repeatEvery: 30 });
        const expected = await check(checker, history, {});
        expect(await check(checker, swapped(history, 'none'), { initial: 'none' })).toEqual(
          expected,
        );
        verdicts[expected[0].verdict]++;
      }),
      { numRuns: 600 },
    );
    expect(Math.min(verdicts.valid, verdicts.invalid)).toBeGreaterThan(20);
  });

  test('tells a null that was written from what was there at first', async () => {
    const lines = ['0 invoke write null', '0 ok write null', '0 invoke read', '0 ok read null'];
    for (const initial of [7, false]) {
      const [verdict] = await check(checker, historyFrom(lines), { initial });
      expect(verdict).toEqual({ verdict: 'valid' });
    }
  });

  test('refuses a value that no register can hold', () => {
    const make = () => makeChecker({ checker, options: { initial: [] } });
    expect(make).toThrow(`the option initial of the checker ${checker} must be a number`);
  });
});
