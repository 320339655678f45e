/** Turns the evidence that an object's history is not linearizable into what a person reads and a report draws. */
import type {
  CounterexampleOperation,
  LinearizabilityCounterexample,
  PartialLinearization,
} from '../../src/core/counterexample.ts';
import type { Key } from '../../src/core/history/entry.ts';
import type { Finding } from '../../src/core/verdict.ts';
import type { Engine, Limits } from './engine.ts';
import { illegal } from './model.ts';
import type { Problem } from './problem.ts';
import { forgotten, kept, relax } from './relax.ts';
import { shrink } from './shrink.ts';
import type { Evidence } from './shrink.ts';
import { wgl } from './wgl.ts';

/**
 * A `not-linearizable` finding with the smallest counterexample that the limits allow; undefined when the reference
 * engine finds an order of it. That is asked of all that remains of the problem: without the operations whose answers
 * are merely forgotten, any read looks wrong, and any engine would agree.
 */
export function findingOf(
  engine: Engine,
  key: Key | undefined,
  problem: Problem,
  furthestEvent: number,
  limits: Limits,
): Finding | undefined {
  const evidence = shrink(engine, problem, furthestEvent, limits);
  if (wgl(relax(problem, evidence.retention).problem, limits).kind === 'linearizable')
    return undefined;
  const details = counterexampleOf(key, problem, evidence, limits);
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

function counterexampleOf(
  key: Key | undefined,
  problem: Problem,
  evidence: Evidence,
  limits: Limits,
): LinearizabilityCounterexample {
  const supporting = new Set(evidence.supporting);
  const numbers = [...evidence.needed, ...supporting];
  return {
    model: problem.model.name,
    key,
    operations: numbers
      .map((number) => describe(problem, number, supporting.has(number)))
      .toSorted((a, b) => a.invokeIndex - b.invokeIndex),
    partials: partialsOf(problem, evidence, limits),
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

/** The longest orders of what is shown alone, that end before the return of the blocked operation. */
function partialsOf(problem: Problem, evidence: Evidence, limits: Limits): PartialLinearization[] {
  const retention = new Uint8Array(problem.calls.length);
  for (const number of evidence.needed) retention[number] = kept;
  for (const number of evidence.supporting) retention[number] = forgotten;
  const { problem: small, origin } = relax(problem, retention);
  const orders = new Map<string, readonly number[]>();
  let longest = 0;
  wgl(small, limits, (event, order) => {
    if (origin[~small.events[event]!] !== evidence.blocked) return;
    const length = order.filter((number) => number < small.required).length;
    if (length > longest) orders.clear();
    longest = Math.max(longest, length);
    if (length === longest && orders.size < partialsMax) orders.set(order.join(), order);
  });
  return Array.from(orders.values(), (order) => ({
    order: order.map((number) => small.operations[number]!.invokeIndex),
    states: statesAlong(small, order),
  }));
}

function statesAlong({ model, calls }: Problem, order: readonly number[]): string[] {
  let state: unknown = model.initial;
  return order.map((number) => {
    const after = model.step(state, calls[number]);
    if (after === illegal) throw new Error('an engine reported an order that its model forbids');
    state = after;
    return model.describeState(state);
  });
}

const partialsMax = 5;

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
  const object = key === undefined ? '' : `key ${key}: `;
  return `${object}${inWords(last)} cannot be explained by any order: ${why}`;
}

const inWords = ({ says, process, completeIndex, invokeIndex }: CounterexampleOperation): string =>
  `${says} by process ${process} (entry ${completeIndex ?? invokeIndex})`;

const listedMax = 4;
