/** What a counterexample claims is true, by the brute-force oracle. */
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type {
  LinearizabilityCounterexample,
  PartialLinearization,
} from '../../src/core/counterexample.ts';
import type { History } from '../../src/core/history/entry.ts';
import type { Operation } from '../../src/core/history/operation.ts';
import { linearizable } from './checker.ts';
import { check, counterexampleOf } from './check.fixture.ts';
import { historyFrom, historyFromTape, operationsOf, tapes } from './histories.fixture.ts';
import type { Family } from './objects.fixture.ts';
import type { Engine } from './engine.ts';
import { furthestEventOf } from './jit/furthest.ts';
import { jit } from './jit/jit.ts';
import { casRegister } from './models/register.ts';
import { explicable, kvRules, registerRules } from './oracle.fixture.ts';
import type { Rules } from './oracle.fixture.ts';
import { partialsOf } from './partials.ts';
import { candidatesOf, problemOf } from './problem.ts';
import { shrink } from './shrink.ts';
import { wgl } from './wgl.ts';

const rulesOf = (family: Family) => (family === 'kv' ? kvRules : registerRules);

/** The same operation, had its answer been lost. A failed one did not happen in any case, and is left out instead. */
const lost = (operation: Operation): Operation => ({
  ...operation,
  outcome: 'info',
  output: undefined,
  completeIndex: undefined,
});

interface Evidence {
  readonly needed: readonly Operation[];
  readonly supporting: readonly Operation[];
  /** Everything else that the history has. */
  readonly others: readonly Operation[];
}

function evidenceIn(history: History, { operations }: LinearizabilityCounterexample): Evidence {
  const named = new Map(operations.map((each) => [each.invokeIndex, each]));
  const all = operationsOf(history);
  const isNeeded = ({ invokeIndex }: Operation) =>
    named.has(invokeIndex) && named.get(invokeIndex)!.supporting === undefined;
  const isSupporting = ({ invokeIndex }: Operation) => named.get(invokeIndex)?.supporting === true;
  return {
    needed: all.filter(isNeeded),
    supporting: all.filter(isSupporting),
    others: all.filter((each) => !named.has(each.invokeIndex)),
  };
}

interface Violation {
  readonly history: History;
  readonly evidence: Evidence;
  readonly counterexample: LinearizabilityCounterexample;
}

/** Random histories with a wrong answer, each with its counterexample; the same ones every time. */
async function violationsOf(family: Family, reading: boolean): Promise<Violation[]> {
  const options = { operationsMax: 8, processes: 3, lieEvery: 3, values: 3 };
  const checker = linearizable(family, { failedIsEvidence: reading });
  const violations: Violation[] = [];
  for (const tape of fc.sample(tapes(60), { numRuns: 1500, seed: 3 })) {
    const history = historyFromTape(family, tape, options);
    const result = await check(checker, history);
    if (result.verdict.verdict !== 'invalid') continue;
    const counterexample = counterexampleOf(result);
    violations.push({ history, counterexample, evidence: evidenceIn(history, counterexample) });
  }
  return violations;
}

const families: readonly [Family, boolean][] = [
  ['register', false],
  ['cas-register', false],
  ['cas-register', true],
  ['kv', false],
];

describe.each(families)('counterexamples of %s (a failure is evidence: %s)', (family, reading) => {
  let violations: Violation[] = [];
  beforeAll(async () => {
    violations = await violationsOf(family, reading);
  });

  const isExplicable = (operations: readonly Operation[]) =>
    explicable(rulesOf(family), operations, reading);

  test('there are many, and all of them are the smallest', () => {
    expect(violations.length).toBeGreaterThan(100);
    expect(violations.every(({ counterexample }) => counterexample.smallest)).toBe(true);
  });

  test('without them the same operation cannot return', async () => {
    const brief = linearizable(family, { failedIsEvidence: reading, counterexamples: false });
    for (const { history, counterexample } of violations) {
      const { verdict, findings } = await check(brief, history);
      expect(verdict, said(history)).toEqual({ verdict: 'invalid', kind: 'safety' });
      expect(findings[0]!.entries[0], said(history)).toBe(counterexample.blocked);
    }
  });

  test('they have no order', () => {
    for (const { evidence, history } of violations) {
      const { needed, supporting } = evidence;
      expect(isExplicable([...needed, ...supporting.map(lost)]), said(history)).toBe(false);
    }
  });

  test('they have none whatever became of all other operations', () => {
    for (const { evidence, history } of violations) {
      const { needed, supporting, others } = evidence;
      const rest = [...supporting, ...others].filter(({ outcome }) => outcome !== 'fail');
      expect(isExplicable([...needed, ...rest.map(lost)]), said(history)).toBe(false);
    }
  });

  test('had the answer of any one needed operation been lost, they would have one', () => {
    for (const { evidence, history } of violations) {
      for (const spared of evidence.needed)
        expect(isExplicable(without(evidence, spared)), said(history)).toBe(true);
    }
  });

  test('without any one supporting operation, that would not be so', () => {
    for (const { evidence, history } of violations) {
      for (const left of evidence.supporting) {
        const supporting = evidence.supporting.filter((each) => each !== left);
        const still = evidence.needed.every((spared) =>
          isExplicable(without({ ...evidence, supporting }, spared)),
        );
        expect(still, said(history)).toBe(false);
      }
    }
  });

  test('the blocked operation is the needed one that returns last', () => {
    for (const { evidence, counterexample } of violations) {
      const last = evidence.needed.reduce((a, b) => (b.completeIndex! > a.completeIndex! ? b : a));
      expect(counterexample.blocked).toBe(last.invokeIndex);
    }
  });

  test('the first partial order reaches the blocked operation; each has all that returned before it ends', () => {
    for (const { evidence, counterexample } of violations) {
      const { partials, blocked } = counterexample;
      expect(partials[0]!.stuck![0]!.invokeIndex).toBe(blocked);
      for (const { order, states, stuck } of partials) {
        expect(states.length).toBe(order.length);
        const waitsFor = evidence.needed.find(
          ({ invokeIndex }) => invokeIndex === stuck![0]!.invokeIndex,
        )!;
        const due = evidence.needed.filter(
          ({ completeIndex }) => completeIndex! < waitsFor.completeIndex!,
        );
        expect(order).not.toContain(waitsFor.invokeIndex);
        expect(due.every(({ invokeIndex }) => order.includes(invokeIndex))).toBe(true);
      }
    }
  });

  test('the longest partial orders there are, all in all and with each needed operation, are shown', () => {
    for (const { evidence, counterexample, history } of violations) {
      const longest = longestWithEach(rulesOf(family), evidence);
      const lengthOf = ({ order }: PartialLinearization) =>
        evidence.needed.filter(({ invokeIndex }) => order.includes(invokeIndex)).length;
      const { partials } = counterexample;
      expect(lengthOf(partials[0]!), said(history)).toBe(Math.max(0, ...longest.values()));
      for (const { invokeIndex } of evidence.needed) {
        const withIt = partials.filter(({ order }) => order.includes(invokeIndex)).map(lengthOf);
        const expected = longest.get(invokeIndex);
        expect(withIt.length === 0 ? undefined : Math.max(...withIt), said(history)).toBe(expected);
      }
    }
  });

  test('what is stuck had begun and is in no place of the order', () => {
    for (const { evidence, counterexample } of violations) {
      const all = [...evidence.needed, ...evidence.supporting];
      for (const { order, stuck } of counterexample.partials) {
        const ends = all.find(({ invokeIndex }) => invokeIndex === stuck![0]!.invokeIndex)!;
        const begun = all.filter(({ invokeIndex }) => invokeIndex < ends.completeIndex!);
        const left = begun.filter(({ invokeIndex }) => !order.includes(invokeIndex));
        expect(new Set(stuck!.map(({ invokeIndex }) => invokeIndex))).toEqual(
          new Set(left.map(({ invokeIndex }) => invokeIndex)),
        );
      }
    }
  });
});

const without = ({ needed, supporting }: Evidence, spared: Operation): Operation[] => [
  ...needed.filter((each) => each !== spared),
  ...[spared, ...supporting].filter(({ outcome }) => outcome !== 'fail').map(lost),
];

/** Of all orders of some of the evidence, by brute force: how many needed operations the longest with each has. */
function longestWithEach(rules: Rules, { needed, supporting }: Evidence): Map<number, number> {
  const longest = new Map<number, number>();
  const extend = (state: unknown, placed: readonly Operation[], left: readonly Operation[]) => {
    const length = placed.filter((each) => needed.includes(each)).length;
    for (const { invokeIndex } of placed)
      longest.set(invokeIndex, Math.max(length, longest.get(invokeIndex) ?? 0));
    const due = left.filter((each) => needed.includes(each));
    const firstReturn = Math.min(...due.map(({ completeIndex }) => completeIndex!));
    for (const next of left.filter(({ invokeIndex }) => invokeIndex < firstReturn))
      for (const after of rules.apply(state, next))
        extend(
          after,
          [...placed, next],
          left.filter((other) => other !== next),
        );
  };
  extend(rules.initial, [], [...needed, ...supporting]);
  return longest;
}

const said = (history: History): string => history.entries.map((e) => JSON.stringify(e)).join('\n');

test('a supporting operation that is of no use after all is left out again', async () => {
  const history = historyFrom([
    '0 invoke put "b"',
    '1 invoke get',
    '1 ok get ""',
    '0 info put "b"',
    '1 invoke get',
    '1 ok get "b"',
    '1 invoke get',
    '2 invoke append "d"',
    '1 ok get "b"',
    '1 invoke append "c"',
    '1 ok append "c"',
    '2 ok append "d"',
    '1 invoke get',
    '1 ok get "b"',
  ]);
  const counterexample = counterexampleOf(await check(linearizable('kv'), history));
  const evidence = evidenceIn(history, counterexample);
  const stillNeeded = (supporting: readonly Operation[]) =>
    evidence.needed.every((spared) =>
      explicable(kvRules, without({ ...evidence, supporting }, spared)),
    );
  expect(stillNeeded(evidence.supporting)).toBe(true);
  for (const left of evidence.supporting)
    expect(stillNeeded(evidence.supporting.filter((each) => each !== left))).toBe(false);
});

test('with too few steps to shrink it, the evidence is larger, and still evidence', () => {
  const options = { operationsMax: 8, processes: 3, lieEvery: 3, values: 3 };
  const plenty = { stepsMax: 1e6, memoryBytesMax: 2 ** 28, deadlineMs: Number.POSITIVE_INFINITY };
  let unfinished = 0;
  for (const tape of fc.sample(tapes(60), { numRuns: 400, seed: 5 })) {
    const operations = operationsOf(historyFromTape('cas-register', tape, options));
    const problem = problemOf(casRegister(), candidatesOf(casRegister(), operations, false));
    const outcome = wgl(problem, plenty);
    if (outcome.kind !== 'not-linearizable') continue;
    for (let stepsMax = 0; stepsMax < 6; stepsMax++) {
      const limits = { ...plenty, stepsMax };
      const { needed, smallest } = shrink(wgl, problem, outcome.furthestEvent, limits);
      const rest = problem.operations.filter((_, number) => !needed.includes(number));
      const evidence = needed.map((number) => problem.operations[number]!);
      expect(explicable(registerRules, [...evidence, ...rest.map(lost)])).toBe(false);
      if (!smallest) unfinished++;
    }
  }
  expect(unfinished).toBeGreaterThan(10);
});

test('with too few steps to try all orders, those that were found are told, and that there may be longer ones', () => {
  const options = { operationsMax: 8, processes: 3, lieEvery: 3, values: 3 };
  const plenty = { stepsMax: 1e6, memoryBytesMax: 2 ** 28, deadlineMs: Number.POSITIVE_INFINITY };
  let fewer = 0;
  for (const tape of fc.sample(tapes(60), { numRuns: 400, seed: 5 })) {
    const operations = operationsOf(historyFromTape('cas-register', tape, options));
    const problem = problemOf(casRegister(), candidatesOf(casRegister(), operations, false));
    const outcome = wgl(problem, plenty);
    if (outcome.kind !== 'not-linearizable') continue;
    const evidence = shrink(wgl, problem, outcome.furthestEvent, plenty);
    const all = partialsOf(problem, evidence, plenty)!;
    expect(all.exhaustive).toBe(true);
    for (let stepsMax = 0; stepsMax < 6; stepsMax++) {
      const some = partialsOf(problem, evidence, { ...plenty, stepsMax })!;
      if (some.exhaustive) expect(some).toEqual(all);
      else if (some.partials.length < all.partials.length) fewer++;
    }
  }
  expect(fewer).toBeGreaterThan(10);
});

describe('what a person reads', () => {
  const told = async (lines: readonly string[]) => {
    const result = await check(linearizable('cas-register'), historyFrom(lines));
    const { operations, partials } = counterexampleOf(result);
    return { summary: result.summary, says: operations.map(({ says }) => says), partials };
  };

  test('a value that nobody wrote needs no other operation', async () => {
    expect(
      await told(['0 invoke write 1', '0 ok write 1', '1 invoke read', '1 ok read 2']),
    ).toEqual({
      summary:
        'read → 2 by process 1 (entry 3) cannot be explained by any order: no operation that had begun by then makes it possible',
      says: ['read → 2'],
      partials: [
        {
          order: [],
          states: [],
          stuck: [
            { invokeIndex: 2, why: 'cannot take effect here: the state is null, and it needs 2' },
          ],
        },
      ],
    });
  });

  test('operations that came before and explain nothing are left out', async () => {
    const before = ['0 invoke write 8', '0 ok write 8', '0 invoke cas [8,9]', '0 ok cas [8,9]'];
    const stale = ['1 invoke read', '1 ok read 8'];
    const { says, partials } = await told([...before, '2 invoke read', '2 ok read 9', ...stale]);
    expect(says).toEqual(['write 8', 'compare-and-set 8 → 9: ok', 'read → 8']);
    expect(partials).toEqual([
      {
        order: [0, 2],
        states: ['8', '9'],
        stuck: [{ invokeIndex: 6, why: 'cannot take effect here: the state is 9, and it needs 8' }],
      },
    ]);
  });

  test('an operation that only a shorter order has, has one of its own, and its end is told', async () => {
    const { partials } = await told([
      '0 invoke write 1',
      '0 ok write 1',
      '1 invoke cas [1,2]',
      '2 invoke cas [1,3]',
      '1 ok cas [1,2]',
      '2 ok cas [1,3]',
    ]);
    expect(partials).toEqual([
      {
        order: [0, 2],
        states: ['1', '2'],
        stuck: [{ invokeIndex: 3, why: 'cannot take effect here: the state is 2, and it needs 1' }],
      },
      {
        order: [0, 3],
        states: ['1', '3'],
        stuck: [{ invokeIndex: 2, why: 'cannot take effect here: the state is 3, and it needs 1' }],
      },
    ]);
  });

  test('an unknown write is shown where a read saw it', async () => {
    const seen = ['5 invoke write 7', '5 info write 7', '0 invoke read', '0 ok read 7'];
    const lost = ['1 invoke read', '1 ok read null'];
    const { says } = await told([...seen, ...lost]);
    expect(says).toEqual(['write 7: unknown', 'read → 7', 'read → null']);
  });
});

describe('a long history', () => {
  /** Writes of other values one after the other, and at the end a read of the last but one. */
  const length = 3000;
  const lines = Array.from({ length }, (_, i) => [`0 invoke write ${i}`, `0 ok write ${i}`]).flat();
  const history = historyFrom([...lines, '1 invoke read', `1 ok read ${length - 2}`]);
  const problem = problemOf(
    casRegister(),
    candidatesOf(casRegister(), operationsOf(history), false),
  );
  const limits = { stepsMax: 1e6, memoryBytesMax: 2 ** 30, deadlineMs: Number.POSITIVE_INFINITY };

  test('is looked at where the contradiction is, first', () => {
    const asked: number[] = [];
    const counting: Engine = (weaker, ...rest) => {
      asked.push(weaker.calls.length);
      return jit(weaker, ...rest);
    };
    const evidence = shrink(counting, problem, problem.events.length - 1, limits);
    expect(evidence.needed.toSorted((a, b) => a - b)).toEqual([length - 2, length - 1, length]);
    expect(evidence.smallest).toBe(true);
    expect(Math.max(...asked)).toBeLessThan(40);
  });

  test('of which no time is left to look at says that it may not be the smallest', () => {
    const over = { ...limits, deadlineMs: 0 };
    const last = problem.events.length - 1;
    const { smallest, needed } = shrink(jit, problem, last, over);
    expect([smallest, needed.length]).toEqual([false, 32]);
    expect(furthestEventOf(jit, problem, 2 * length - 1, over)).toBe(last);
  });
});
