import { describe, expect, test } from 'vitest';
import type {
  CounterexampleOperation,
  LinearizabilityCounterexample,
} from '../core/counterexample.ts';
import type { Entry } from '../core/history/entry.ts';
import { drawnCounterexample } from './drawn-counterexample.ts';
import { shownOperations } from './shown-operations.ts';

const header = { format: 'dsp-history', version: 1, originNs: 0, startedAt: '' } as const;

/** So many operations of one client, one after the other; entry n is at n thousand nanoseconds. */
function historyOf(count: number) {
  const entries = Array.from({ length: 2 * count }, (_, index): Entry => {
    const type = index % 2 === 0 ? 'invoke' : 'ok';
    return { index, timeNs: index * 1000, process: 1, type, f: 'read', value: index };
  });
  return shownOperations({ header, entries, torn: false }, new Set());
}

const operationsOf = (count: number): CounterexampleOperation[] =>
  Array.from({ length: count }, (_, i) => ({
    invokeIndex: 2 * i,
    completeIndex: 2 * i + 1,
    process: 1,
    callNs: 2 * i,
    returnNs: 2 * i + 1,
    outcome: 'ok',
    says: `read → ${i}`,
  }));

/** All operations in their order, but for the last, which cannot return. */
const counterexample = (count: number): LinearizabilityCounterexample => ({
  model: 'register',
  key: 0,
  operations: operationsOf(count),
  initial: 'null',
  partials: [
    {
      order: operationsOf(count - 1).map(({ invokeIndex }) => invokeIndex),
      states: operationsOf(count - 1).map((_, i) => String(i)),
      stuck: [{ invokeIndex: 2 * (count - 1), why: 'cannot take effect here: it is the last' }],
    },
  ],
  blocked: 2 * (count - 1),
  smallest: true,
});

describe('a drawn counterexample', () => {
  test('has the steps of each order with their states, and why it ends', () => {
    const drawn = drawnCounterexample(counterexample(3), historyOf(3));
    expect(drawn).toMatchObject({ key: '0', initial: 'null', blocked: 2, operationsLeftOut: 0 });
    expect(drawn.exhaustive).toBe(true);
    expect(drawn.partials).toEqual([
      {
        steps: [
          { number: 1, place: 0, state: '0' },
          { number: 2, place: 1, state: '1' },
        ],
        stuck: [{ place: 2, why: 'cannot take effect here: it is the last' }],
      },
    ]);
  });

  test('has the times of the report’s history, and its own where the history lacks an operation', () => {
    const { operations } = drawnCounterexample(counterexample(3), historyOf(2));
    expect(operations.map(({ operation }) => operation)).toEqual([0, 1, -1]);
    expect(operations.map(({ callNs }) => callNs)).toEqual([0, 2000, 4]);
    expect(operations.map(({ returnNs }) => returnNs)).toEqual([1000, 3000, 5]);
  });

  test('of an older verdict, which does not say why an order ends, ends at the blocked operation', () => {
    const { initial, partials, ...rest } = counterexample(3);
    const older = { ...rest, partials: partials.map(({ order, states }) => ({ order, states })) };
    const drawn = drawnCounterexample(older, historyOf(3));
    expect(initial).toBe('null');
    expect(drawn.initial).toBeUndefined();
    expect(drawn.partials[0]!.stuck).toEqual([{ place: 2, why: 'cannot take effect here' }]);
  });

  test('of too many operations has those before the blocked one, numbered as in the whole order', () => {
    const drawn = drawnCounterexample(counterexample(350), historyOf(350));
    expect(drawn.operations).toHaveLength(300);
    expect(drawn.operationsLeftOut).toBe(50);
    expect(drawn.blocked).toBe(299);
    const [{ steps }] = drawn.partials as [(typeof drawn.partials)[0]];
    expect(steps[0]).toEqual({ number: 51, place: 0, state: '50' });
    expect(steps.at(-1)).toEqual({ number: 349, place: 298, state: '348' });
  });

  test('has no order that ends at an operation which is left out', () => {
    const whole = counterexample(350);
    const early = { order: [], states: [], stuck: [{ invokeIndex: 0, why: 'cannot' }] };
    const drawn = drawnCounterexample(
      { ...whole, partials: [...whole.partials, early] },
      historyOf(350),
    );
    expect(drawn.partials).toHaveLength(1);
  });
});
