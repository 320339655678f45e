/**
 * Differential: all engines give the same outcome, and say the same event of a violation, on histories that are too long
 * for the oracle. Many more: `DSP_DIFFERENTIAL=100000 npx vitest run checkers/linearizability/engines.test.ts`.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Entry, History } from '../../src/core/history/entry.ts';
import { linearizable } from './checker.ts';
import { check } from './check.fixture.ts';
import type { Engine } from './engine.ts';
import { engineNames } from './engines.ts';
import { historyFromTape, historyOf, operationsOf, tapes } from './histories.fixture.ts';
import type { Family } from './objects.fixture.ts';
import { furthestEventOf } from './jit/furthest.ts';
import { jit } from './jit/jit.ts';
import type { Model } from './model.ts';
import { models } from './models/registry.ts';
import { candidatesOf, problemOf } from './problem.ts';
import type { Problem } from './problem.ts';
import { isWitness } from './witness.fixture.ts';
import { wgl } from './wgl.ts';

const limits = { stepsMax: 20_000, memoryBytesMax: 2 ** 30, deadlineMs: Number.POSITIVE_INFINITY };
const numRuns = Number(process.env['DSP_DIFFERENTIAL'] ?? 1500);

/** What an engine says of a problem; with the event that no order gets past, or whether its order is one. */
function said(engine: Engine, problem: Problem): unknown {
  const outcome = engine(problem, limits);
  if (outcome.kind === 'linearizable') return { isWitness: isWitness(problem, outcome.order) };
  if (outcome.kind === 'exhausted') return undefined;
  const { furthestEvent } = outcome;
  return {
    furthest: engine === jit ? furthestEventOf(jit, problem, furthestEvent, limits) : furthestEvent,
  };
}

const shapes = fc.record({
  operationsMax: fc.integer({ min: 4, max: 40 }),
  processes: fc.integer({ min: 2, max: 7 }),
  lieEvery: fc.integer({ min: 3, max: 30 }),
  values: fc.integer({ min: 1, max: 6 }),
});

describe.each<[Family, boolean, boolean]>([
  ['register', false, false],
  ['register', false, true],
  ['cas-register', false, false],
  ['cas-register', true, false],
  ['kv', false, false],
  ['kv', true, false],
  ['mutex', false, false],
  ['counter', false, false],
  ['set', false, false],
  ['queue', false, false],
  ['multi-register', false, false],
])('%s (a failure is evidence: %s; unique values: %s)', (family, reading, unique) => {
  test('random histories', () => {
    const seen = { right: 0, wrong: 0, undecided: 0, operations: 0 };
    fc.assert(
      fc.property(tapes(250), shapes, (tape, shape) => {
        const history = historyFromTape(family, tape, { ...shape, unique });
        const model = models[family]() as Model;
        const problem = problemOf(model, candidatesOf(model, operationsOf(history), reading));
        const [reference, ours] = [said(wgl, problem), said(jit, problem)];
        seen.operations += problem.calls.length;
        if (reference === undefined || ours === undefined) return void seen.undecided++;
        expect(ours).toEqual(reference);
        seen['furthest' in (reference as object) ? 'wrong' : 'right']++;
      }),
      { numRuns },
    );
    expect(Math.min(seen.right, seen.wrong)).toBeGreaterThan(numRuns / 50);
    expect(seen.undecided).toBeLessThan(numRuns / 20);
    // Once, most histories that were drawn had four operations, and nobody noticed.
    expect(seen.operations / numRuns).toBeGreaterThan(8);
  }, 3_600_000);
});

/** Histories of three keys, in one: from the draws, which of them goes on. */
function interleaved(histories: readonly History[], draws: readonly number[]): Entry[] {
  const left = histories.map(({ entries }) => [...entries]);
  const mixed: Entry[] = [];
  for (let at = 0; left.some((entries) => entries.length > 0); at++) {
    const due = left.flatMap((entries, key) => (entries.length > 0 ? [key] : []));
    const key = due[(draws[at % draws.length] ?? 0) % due.length]!;
    const entry = left[key]!.shift()!;
    const index = mixed.length;
    const process = 3 * (entry.process as number) + key;
    mixed.push(Object.assign({}, entry, { index, timeNs: index, key, process }));
  }
  return mixed;
}

test.each([true, false])(
  'whole checks of several keys end alike (unique: %s)',
  async (unique) => {
    const seen: Record<string, number> = {};
    const three = fc.tuple(tapes(200), tapes(200), tapes(200));
    await fc.assert(
      fc.asyncProperty(three, shapes, fc.boolean(), async (drawn, shape, failedIsEvidence) => {
        const options = { ...shape, lieEvery: 2 * shape.lieEvery, unique };
        const family = unique ? 'register' : 'cas-register';
        const histories = drawn.map((tape) => historyFromTape(family, tape, options));
        const history = historyOf(interleaved(histories, drawn[0]));
        const [ours, theirs] = await Promise.all(
          engineNames.map(async (engine) => {
            const checker = linearizable('cas-register', { engine, failedIsEvidence });
            const { verdict, findings, figures } = await check(checker, history);
            const count = figures?.['objectsNotLinearizable'];
            return { verdict, count, where: findings.map(({ entries }) => entries.slice(0, 2)) };
          }),
        );
        expect(ours).toEqual(theirs);
        seen[ours!.verdict.verdict] = (seen[ours!.verdict.verdict] ?? 0) + 1;
      }),
      { numRuns: numRuns / 5 },
    );
    expect(Math.min(seen['valid'] ?? 0, seen['invalid'] ?? 0)).toBeGreaterThan(numRuns / 50);
  },
  3_600_000,
);
