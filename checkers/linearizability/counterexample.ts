/** Turns the evidence that an object's history is not linearizable into what a person reads and a report draws. */
import type {
  CounterexampleOperation,
  LinearizabilityCounterexample,
} from '../../src/core/counterexample.ts';
import type { Key } from '../../src/core/history/entry.ts';
import type { Finding } from '../../src/core/verdict.ts';
import type { Engine, Limits } from './engine.ts';
import type { Model } from './model.ts';
import { partialsOf } from './partials.ts';
import type { Orders } from './partials.ts';
import type { Problem } from './problem.ts';
import { relax } from './relax.ts';
import { shrink } from './shrink.ts';
import type { Evidence } from './shrink.ts';
import { wgl } from './wgl.ts';

/** Of the two services to the reader: to make the counterexample small, and to find its longest orders. */
export interface FindingLimits {
  readonly shrinking: Limits;
  readonly orders: Limits;
  /** Of the reference engine, where the verdict hangs on it: what is left of the check's. */
  readonly proof: Limits;
}

/**
 * A `not-linearizable` finding with the smallest counterexample that the limits allow; undefined when the reference
 * engine finds an order of it. That is asked of all that remains of the problem: without the operations whose answers
 * are merely forgotten, any read looks wrong, and any engine would agree. Where its limits end first, what a user's own model says
 * of itself is still believed by nobody: the finding is a note then, unless the whole problem is proven.
 */
export function findingOf(
  engine: Engine,
  key: Key | undefined,
  problem: Problem,
  furthestEvent: number,
  limits: FindingLimits,
): Finding | undefined {
  const evidence = shrink(engine, problem, furthestEvent, limits.shrinking);
  const { kind } = wgl(relax(problem, evidence.retention).problem, limits.orders);
  if (kind === 'linearizable') return undefined;
  if (kind === 'exhausted' && engine !== wgl && believesItsUser(problem.model)) {
    const whole = wgl(problem, limits.proof);
    if (whole.kind === 'linearizable') return undefined;
    if (whole.kind === 'exhausted') return unproven(key, problem, evidence);
  }
  const orders = partialsOf(problem, evidence, limits.orders);
  if (orders === undefined) return undefined;
  const details = counterexampleOf(key, problem, evidence, orders);
  const blockedFirst = details.operations.toSorted(
    (a, b) => Number(b.invokeIndex === details.blocked) - Number(a.invokeIndex === details.blocked),
  );
  return {
    type: 'not-linearizable',
    kind: 'safety',
    summary: summaryOf(details),
    entries: blockedFirst.flatMap(({ invokeIndex, completeIndex }) =>
      completeIndex === undefined ? [invokeIndex] : [invokeIndex, completeIndex],
    ),
    details,
  };
}

/** A finding that names the operation which cannot return, and says no more of it. */
export function withoutCounterexample(
  key: Key | undefined,
  problem: Problem,
  furthestEvent: number,
): Finding {
  const blocked = describe(problem, ~problem.events[furthestEvent]!, false);
  return {
    type: 'not-linearizable',
    kind: 'safety',
    summary: `${onKey(key)}${inWords(blocked)} cannot be explained by any order of what had begun by then`,
    entries: [blocked.invokeIndex, blocked.completeIndex!],
  };
}

const believesItsUser = (model: Model): boolean =>
  model.isOwn === true && (model.canReach !== undefined || model.nameCall !== undefined);

function unproven(key: Key | undefined, { operations }: Problem, { blocked }: Evidence): Finding {
  const { completeIndex } = operations[blocked]!;
  return {
    type: 'unproven',
    kind: 'note',
    summary: `${onKey(key)}by what the model says of itself there is no order at entry ${completeIndex}, and the budget ended before this was proven by its steps alone`,
    entries: [completeIndex!],
  };
}

function counterexampleOf(
  key: Key | undefined,
  problem: Problem,
  evidence: Evidence,
  orders: Orders,
): LinearizabilityCounterexample {
  const supporting = new Set(evidence.supporting);
  const numbers = [...evidence.needed, ...supporting];
  return {
    model: problem.model.name,
    key,
    operations: numbers
      .map((number) => describe(problem, number, supporting.has(number)))
      .toSorted((a, b) => a.invokeIndex - b.invokeIndex),
    initial: problem.model.describeState(problem.model.initial),
    ...orders,
    blocked: problem.operations[evidence.blocked]!.invokeIndex,
    smallest: evidence.smallest,
  };
}

function describe(
  problem: Problem,
  number: number,
  isSupporting: boolean,
): CounterexampleOperation {
  const operation = problem.operations[number]!;
  return {
    invokeIndex: operation.invokeIndex,
    completeIndex: operation.completeIndex,
    process: operation.process,
    callNs: operation.callNs,
    returnNs: operation.outcome === 'info' ? undefined : operation.returnNs,
    outcome: operation.outcome,
    says: problem.model.describeCall(problem.calls[number], operation.outcome),
    ...(isSupporting ? { supporting: true } : {}),
  };
}

/** `key 3: read → 4 by process 7 (entry 812) cannot be explained by any order: …` */
function summaryOf({ key, operations, blocked }: LinearizabilityCounterexample): string {
  const last = operations.find((each) => each.invokeIndex === blocked)!;
  const others = operations.filter(
    (each) => each.invokeIndex !== blocked && each.supporting === undefined,
  );
  const listed = others.slice(0, listedMax).map(inWords);
  if (others.length > listedMax) listed.push(`${others.length - listedMax} more`);
  const why =
    listed.length === 0
      ? 'no operation that had begun by then makes it possible'
      : `it contradicts ${listed.join(', ')}`;
  return `${onKey(key)}${inWords(last)} cannot be explained by any order: ${why}`;
}

export const onKey = (key: Key | undefined): string => (key === undefined ? '' : `key ${key}: `);

const inWords = ({ says, process, completeIndex, invokeIndex }: CounterexampleOperation): string =>
  `${says} by process ${process} (entry ${completeIndex ?? invokeIndex})`;

const listedMax = 4;
