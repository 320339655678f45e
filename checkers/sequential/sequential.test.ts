import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultBudget } from '../../src/core/seams/checker.ts';
import { causalOrderOf } from '../causal/causal-order.ts';
import { patienceWithin } from '../claims/patience.ts';
import { historyOfReference, judged, tapes, verdictOf } from '../claims/reference.fixture.ts';
import { operationsOf } from '../linearizability/histories.fixture.ts';
import { registersOf } from '../registers/registers.ts';
import { anything, did, worldsOf } from '../registers/anything.fixture.ts';
import type { Happened } from '../registers/anything.fixture.ts';
import { registerReference } from '../registers/reference.fixture.ts';
import { searchOrder } from './search.ts';
import { isWitness } from './witness.ts';

describe('sequential', () => {
  test('a stale read of another process is sequential, a read that goes back is not', async () => {
    const lines = [...did(0, 'write', '1'), ...did(0, 'write', '2'), ...did(1, 'read', '1')];
    expect(await verdictOf('sequential', lines)).toBe('valid');
    const back = [...lines, ...did(2, 'read', '2'), ...did(2, 'read', '1')];
    expect(await verdictOf('sequential', back)).toBe('invalid (safety): causally-stale-read');
  });

  test('two who see independent writes in opposite orders are causal and not sequential', async () => {
    const writes = [...did(0, 'x:write', '1'), ...did(1, 'y:write', '2')];
    const one = [...did(2, 'x:read', '1'), ...did(2, 'y:read', 'null')];
    const other = [...did(3, 'y:read', '2'), ...did(3, 'x:read', 'null')];
    const lines = [...writes, ...one, ...other];
    expect(await verdictOf('causal', lines)).toBe('valid');
    expect(await judged('sequential', lines)).toMatchObject({
      verdict: { verdict: 'invalid', kind: 'safety' },
      summary:
        'in every order that explains all answers 6 operations each come before the others: of processes 0, 3, 3, 1, 2, 2',
      findings: [{ type: 'not-sequential' }],
    });
    expect(await verdictOf('sequential', [...writes, ...one])).toBe('valid');
  });

  test('an unknown write helps where it must, also through unknown compare-and-sets', async () => {
    const lines = [
      '0 invoke write 1',
      '0 info write 1',
      '1 invoke cas [1,2]',
      '1 info cas [1,2]',
      ...did(2, 'read', '2'),
    ];
    expect(await verdictOf('sequential', lines)).toBe('valid');
    expect(await verdictOf('sequential', lines.slice(2))).toMatch(/^invalid/);
  });

  test('nothing read says nothing', async () => {
    expect(await verdictOf('sequential', did(0, 'write', '1'))).toBe('unknown (vacuous)');
  });
});

test('linearizable registers are sequential, whatever crashes and stays unknown', () =>
  fc.assert(
    fc.asyncProperty(tapes, async (tape) => {
      const history = historyOfReference(registerReference(), tape, { threads: 4 });
      expect(await verdictOf('sequential', history)).toMatch(/^(valid|unknown \(vacuous\))$/);
    }),
    { numRuns: 500 },
  ));

/** Every order that keeps the processes' own is tried, one step after the other. */
function isSequential(world: readonly Happened[]): boolean {
  const goOn = (left: readonly Happened[], values: Readonly<Record<string, unknown>>): boolean =>
    left.length === 0 ||
    left.some((next) => {
      const { key, observed, written, after } = next;
      if (after.some((each) => left.includes(each))) return false;
      if (observed !== undefined && observed !== (values[String(key)] ?? null)) return false;
      const then = written === undefined ? values : { ...values, [String(key)]: written };
      return goOn(
        left.filter((each) => each !== next),
        then,
      );
    });
  return goOn(world, {});
}

test('random histories are judged as trying all orders judges them, in any world that is possible', async () => {
  const counts = { valid: 0, invalid: 0 };
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat({ max: 9999 }), { minLength: 12, maxLength: 27 }),
      async (tape) => {
        const history = anything(tape, { keys: ['x', 'y'] });
        const { verdict } = await judged('sequential', history);
        if (verdict.verdict === 'unknown') return;
        const expected = worldsOf(history).some(isSequential) ? 'valid' : 'invalid';
        counts[expected]++;
        expect(verdict.verdict).toBe(expected);
      },
    ),
    { numRuns: 4000 },
  );
  expect(Math.min(counts.valid, counts.invalid)).toBeGreaterThan(300);
});

test('the search alone decides the same as trying all orders, without what saturation tells', () => {
  const counts = { found: 0, none: 0 };
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 9999 }), { minLength: 12, maxLength: 27 }), (tape) => {
      const history = anything(tape, { keys: ['x', 'y'] });
      const { steps, findings } = registersOf(operationsOf(history), null);
      const order = causalOrderOf(steps, patienceWithin(defaultBudget));
      if (findings.length > 0 || order.kind === 'circle') return;
      const expected = worldsOf(history).some(isSequential) ? 'found' : 'none';
      counts[expected]++;
      const outcome = searchOrder(steps, null, order, patienceWithin(defaultBudget));
      expect(outcome.kind).toBe(expected);
      if (outcome.kind !== 'found') return;
      const { witness } = outcome;
      expect(isWitness(witness, steps, null)).toBe(true);
      expect(isWitness(witness.slice(1), steps, null)).toBe(witness.length === 0);
      expect(isWitness(witness.concat(witness.slice(0, 1)), steps, null)).toBe(
        witness.length === 0,
      );
      const reader = witness.find(({ observed }) => (observed ?? null) !== null);
      if (reader === undefined) return;
      const others = witness.filter((step) => step !== reader);
      expect(isWitness([reader, ...others], steps, null)).toBe(false);
    }),
    { numRuns: 2000 },
  );
  expect(Math.min(...Object.values(counts))).toBeGreaterThan(100);
});

test.each(['causal', 'sequential'])(
  '%s: where values come twice, what is found is not sequential either',
  (checker) =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat({ max: 9999 }), { minLength: 12, maxLength: 27 }),
        async (tape) => {
          const history = anything(tape, { keys: ['x', 'y'], repeatEvery: 3 });
          const { verdict } = await judged(checker, history);
          if (verdict.verdict === 'invalid')
            expect(worldsOf(history).some(isSequential)).toBe(false);
        },
      ),
      { numRuns: 2000 },
    ),
);
