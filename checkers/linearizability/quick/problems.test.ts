/** A problem of a table is the one that is made of the operations; held against that on histories of several objects. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { columnsOfEntries } from '../../../src/core/history/entry-columns.ts';
import { toOperation } from '../../../src/core/history/operation.ts';
import type { Operation } from '../../../src/core/history/operation.ts';
import { historyFromTape, operationsOf, sideBySide, tapes } from '../histories.fixture.ts';
import { jit } from '../jit/jit.ts';
import type { Model } from '../model.ts';
import { casRegister } from '../models/register.ts';
import { kv } from '../models/kv.ts';
import { candidatesOf, meaningOf, problemOf } from '../problem.ts';
import type { Problem } from '../problem.ts';
import { splitByObject } from '../split.ts';
import { tableOf } from './make-table.ts';
import { atInvoked, completionOf } from './table.ts';
import { problemsIn } from './problems.ts';
import { ordersIn } from './witness.ts';

const endless = { tick() {}, takeMemory() {} };
const limits = { stepsMax: 1e5, memoryBytesMax: 2 ** 30, deadlineMs: Number.POSITIVE_INFINITY };

/** All of it but its functions. */
const content = (problem: Problem): object =>
  Object.fromEntries(
    Object.entries(problem).filter(([name]) => !['model', 'isOrder'].includes(name)),
  );

test.each<[string, Model, boolean]>([
  ['registers', casRegister(), false],
  ['registers whose refusals are evidence', casRegister(), true],
  ['a store without appends', kv(), true],
])('the problems of %s', (_, model, reading) => {
  const shape = { operationsMax: 16, processes: 4, lieEvery: 8, values: 4 };
  const seen = { optional: 0, leftOut: 0, twins: 0, readOnly: 0, forbids: 0, refused: 0 };
  fc.assert(
    fc.property(fc.array(tapes(80), { minLength: 1, maxLength: 4 }), (drawn) => {
      const histories = drawn.map((tape) => historyFromTape('cas-register', tape, shape));
      const { entries } = sideBySide(histories);
      const table = tableOf(columnsOfEntries(entries)!, model, reading, endless)!;
      const problems = problemsIn(table, ordersIn(table), {
        model,
        operationAt: (number) =>
          toOperation(
            entries[table.rows[number + atInvoked]!]!,
            entries[completionOf(table, number)],
          ),
        callOf: (operation: Operation) => meaningOf(model, operation, reading),
      });
      const objects = splitByObject(operationsOf({ ...sideBySide(histories), entries }), model);
      expect(objects.map(({ key }) => key)).toEqual(table.keys);
      for (const [object, { operations }] of objects.entries()) {
        const candidates = candidatesOf(model, operations, reading);
        const right = problemOf(model, candidates);
        const problem = problems(object);
        expect(content(problem)).toEqual(content(right));
        const outcome = jit(problem, limits);
        if (outcome.kind === 'linearizable') {
          expect([problem, right].map((each) => each.isOrder(outcome.order))).toEqual([true, true]);
          const reversed = outcome.order.toReversed();
          expect(problem.isOrder(reversed)).toBe(right.isOrder(reversed));
          const shorter = outcome.order.subarray(1);
          expect(problem.isOrder(shorter)).toBe(right.isOrder(shorter));
        }
        seen.optional += right.size - right.required;
        seen.leftOut += candidates.length - right.size;
        seen.twins += right.twin.filter((twin) => twin >= 0).length;
        seen.readOnly += right.readOnly.filter(Boolean).length;
        seen.forbids += right.effects!.forbids.filter((value) => value >= 0).length;
        seen.refused += operations.filter(({ outcome: end }) => end === 'fail').length;
      }
    }),
    { numRuns: 1000 },
  );
  const { forbids, ...others } = seen;
  expect(Math.min(...Object.values(others))).toBeGreaterThan(20);
  expect(forbids > 20).toBe(reading);
});
