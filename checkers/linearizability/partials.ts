/**
 * How far the operations of a counterexample can be put in order: the orders that reach furthest and, for an operation
 * that none of these has, the longest that has it. Each comes with the operations that cannot be next where it ends.
 *
 * The reference engine finds them, whichever found the violation: it tries all orders, and has to find none that is whole.
 */
import type { PartialLinearization, StuckOperation } from '../../src/core/counterexample.ts';
import type { Limits } from './engine.ts';
import { illegal } from './model.ts';
import type { Problem } from './problem.ts';
import { forgotten, kept, relax } from './relax.ts';
import type { Evidence } from './shrink.ts';
import { wgl } from './wgl.ts';

/** The furthest first, each list with a limit. */
export interface Orders {
  readonly partials: readonly PartialLinearization[];
  /** False when the limits ended the search, so that longer ones may exist. */
  readonly exhaustive: boolean;
}

/** Of the evidence alone: of what else there was, nothing is in them. Undefined when there is a whole order of it. */
export function partialsOf(
  problem: Problem,
  evidence: Evidence,
  limits: Limits,
): Orders | undefined {
  const retention = new Uint8Array(problem.size);
  for (const number of evidence.needed) retention[number] = kept;
  for (const number of evidence.supporting) retention[number] = forgotten;
  const { problem: small, origin } = relax(problem, retention);
  const ends = deadEnds(small, (operation) => origin[operation] === evidence.blocked);
  const outcome = wgl(small, limits, ends.meet);
  if (outcome.kind === 'linearizable') return undefined;
  return {
    partials: ends.shown().map((end) => partialOf(small, end)),
    exhaustive: outcome.kind === 'not-linearizable',
  };
}

/** Where a search could go no further: the return that it could not pass, and the order up to there. */
interface DeadEnd {
  readonly event: number;
  readonly order: readonly number[];
  /** How many of the order are required. */
  readonly length: number;
}

const furthestMax = 5;
const othersMax = 10;

/** Collects the longest dead ends: those before the return of the blocked operation, and one with each operation. */
function deadEnds({ size, events, required }: Problem, isBlocked: (operation: number) => boolean) {
  let furthest = new Map<string, DeadEnd>();
  let lengthMax = -1;
  const longestWith: (DeadEnd | undefined)[] = Array.from({ length: size });

  function keepFurthest(end: DeadEnd): void {
    if (end.length > lengthMax) furthest = new Map();
    lengthMax = Math.max(lengthMax, end.length);
    if (end.length === lengthMax && furthest.size < furthestMax)
      furthest.set(end.order.join(), end);
  }

  return {
    meet: (event: number, order: readonly number[]): void => {
      const end = { event, order, length: order.filter((each) => each < required).length };
      if (isBlocked(~events[event]!)) keepFurthest(end);
      for (const operation of order)
        if (end.length > (longestWith[operation]?.length ?? -1)) longestWith[operation] = end;
    },
    shown(): DeadEnd[] {
      const first = [...furthest.values()];
      const others = longestWith.filter(
        (end, operation) =>
          end !== undefined && !first.some(({ order }) => order.includes(operation)),
      ) as DeadEnd[];
      const longestFirst = [...new Set(others)].toSorted((a, b) => b.length - a.length);
      return [...first, ...longestFirst.slice(0, othersMax)];
    },
  };
}

function partialOf(small: Problem, { event, order }: DeadEnd): PartialLinearization {
  const { model, calls, events, operations } = small;
  const states: unknown[] = [model.initial];
  for (const operation of order) {
    const after = model.step(states.at(-1), calls[operation]);
    if (after === illegal) throw new Error('an engine reported an order that its model forbids');
    states.push(after);
  }
  const waitsFor = ~events[event]!;
  const inOrder = new Set(order);
  const others = events
    .subarray(0, event)
    .filter((each) => each >= 0 && each !== waitsFor && !inOrder.has(each));
  return {
    order: order.map((operation) => operations[operation]!.invokeIndex),
    states: states.slice(1).map((state) => model.describeState(state)),
    stuck: [waitsFor, ...others].map((operation): StuckOperation => ({
      invokeIndex: operations[operation]!.invokeIndex,
      why: whyNotNext(small, states.at(-1), operation),
    })),
  };
}

/** Why an order does not go on with an operation in that state. */
function whyNotNext({ model, calls }: Problem, state: unknown, operation: number): string {
  const call = calls[operation];
  if (model.step(state, call) !== illegal)
    return 'may take effect here, but no order of all begins so';
  const is = `cannot take effect here: the state is ${model.describeState(state)}`;
  const effect = model.effect?.(call);
  if (effect !== undefined && 'needs' in effect)
    return `${is}, and it needs ${model.describeState(effect.needs)}`;
  if (effect !== undefined && 'forbids' in effect) return `${is}, and it needs any other`;
  return `${is}, in which it is not possible`;
}
