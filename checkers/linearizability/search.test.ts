/** How the budget is shared between problems, with engines that stop where the test says. */
import { describe, expect, test } from 'vitest';
import type { Engine, Outcome } from './engine.ts';
import { operationsOf, historyFrom } from './histories.fixture.ts';
import { register } from './models/register.ts';
import { candidatesOf, problemOf } from './problem.ts';
import type { Problem } from './problem.ts';
import { searchAll } from './search.ts';

const problem = (): Problem => {
  const operations = operationsOf(historyFrom(['0 invoke write 1', '0 ok write 1']));
  return problemOf(register(), candidatesOf(register(), operations, false));
};

const never = {
  memoryBytesMax: 2 ** 20,
  deadlineMs: Number.POSITIVE_INFINITY,
  stepsFirst: 4000,
};
const past = { ...never, deadlineMs: 0 };

const order = Int32Array.of(0);
const found: Outcome = { kind: 'linearizable', order, steps: 1 };
const violation: Outcome = { kind: 'not-linearizable', furthestEvent: 1, steps: 1 };
const exhausted = (by: 'steps' | 'time' | 'memory'): Outcome => ({
  kind: 'exhausted',
  by,
  linearized: 0,
  steps: 1,
});

/** Answers for each problem, and notes how many steps it was given. */
const engine = (
  answers: ReadonlyMap<Problem, (stepsMax: number) => Outcome>,
  asked: [number, number][] = [],
): Engine => {
  const places = [...answers.keys()];
  return (problem, { stepsMax }) => {
    asked.push([places.indexOf(problem), stepsMax]);
    return answers.get(problem)!(stepsMax);
  };
};

const [a, b, c] = [problem(), problem(), problem()];

function search(
  answers: Parameters<typeof engine>[0],
  problems: readonly Problem[],
  budget: Parameters<typeof searchAll>[2],
  asked?: [number, number][],
) {
  return searchAll(
    engine(answers, asked),
    problems.map((each) => () => each),
    budget,
  );
}

describe('searching many problems', () => {
  test('one that needs more steps gets more, once all had their turn', () => {
    const asked: [number, number][] = [];
    const hard = (stepsMax: number) => (stepsMax >= 200_000 ? found : exhausted('steps'));
    const answers = new Map([
      [a, hard],
      [b, () => found],
      [c, hard],
    ]);
    const result = search(answers, [a, b, c], never, asked);
    expect(result).toEqual({ violations: [], undecided: [], refuted: [], steps: 7 });
    expect(asked.map(([place]) => place)).toEqual([0, 1, 2, 0, 2, 0, 2]);
    expect(asked.map(([, stepsMax]) => stepsMax)).toEqual([
      4000, 4000, 4000, 32_000, 32_000, 256_000, 256_000,
    ]);
  });

  test('the last one left may take all steps', () => {
    const asked: [number, number][] = [];
    search(new Map([[a, () => found]]), [a], never, asked);
    expect(asked).toEqual([[0, Number.POSITIVE_INFINITY]]);
  });

  test('when the time is over nothing is begun, nor made', () => {
    const make = () => expect.unreachable('no problem was expected to be made');
    const { undecided } = searchAll(engine(new Map()), [make, make], past);
    expect(undecided.map(({ place, outcome }) => [place, outcome.by])).toEqual([
      [0, 'time'],
      [1, 'time'],
    ]);
  });

  test('what ran out of memory is not tried again, and stays undecided', () => {
    const asked: [number, number][] = [];
    const answers = new Map([
      [a, () => exhausted('memory')],
      [b, (stepsMax: number) => (stepsMax > 4000 ? found : exhausted('steps'))],
    ]);
    const { undecided } = search(answers, [a, b], never, asked);
    expect(undecided.map(({ place }) => place)).toEqual([0]);
    expect(asked.map(([place]) => place)).toEqual([0, 1, 1]);
  });

  test('after a violation no further round begins, and the others stay undecided', () => {
    const asked: [number, number][] = [];
    const answers = new Map([
      [a, () => exhausted('steps')],
      [b, () => violation],
      [c, () => found],
    ]);
    const { violations, undecided } = search(answers, [a, b, c], never, asked);
    expect(violations).toEqual([{ place: 1, problem: b, furthestEvent: 1 }]);
    expect(undecided.map(({ place }) => place)).toEqual([0]);
    expect(asked).toHaveLength(3);
  });

  test('an order that is none, once checked, is refuted and decides nothing', () => {
    const empty: Outcome = { kind: 'linearizable', order: new Int32Array(), steps: 1 };
    const answers = new Map([
      [a, () => empty],
      [b, () => found],
    ]);
    const result = search(answers, [a, b], never);
    expect(result).toEqual({ violations: [], undecided: [], refuted: [0], steps: 2 });
  });

  test('nothing to search is nothing found', () => {
    expect(search(new Map(), [], never)).toEqual({
      violations: [],
      undecided: [],
      refuted: [],
      steps: 0,
    });
  });
});
