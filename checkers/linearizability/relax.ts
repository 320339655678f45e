/**
 * Weaker problems made from a problem, such that "not linearizable" carries over from the weaker one to the whole.
 *
 * There are two sound ways to weaken. To cut the history off after an event: every prefix of a linearizable history is
 * linearizable. And to forget that an operation returned, as if its answer had been lost: a write may then take effect
 * later or never, a read says nothing. To leave a write out altogether is not sound: `write 1; read → 1` is fine, and
 * `read → 1` alone is not, but that proves nothing.
 */
import type { Problem } from './problem.ts';
import { twins } from './twins.ts';
import { usefulOnes } from './useful.ts';

/** A weaker problem, with the number that each of its operations has in the problem that it was made from. */
export interface Relaxed {
  readonly problem: Problem;
  readonly origin: Int32Array;
}

/** What a weaker problem keeps of each operation. */
export const gone = 0;
/** Its call, not its return. */
export const forgotten = 1;
export const kept = 2;

/** The number of an operation to what is kept of it; required operations only can be `kept`. */
export type Retention = Uint8Array;

/** Keeps all that returned up to the event, and the calls of what had been called. */
export function upTo(problem: Problem, lastEvent: number): Retention {
  const retention = new Uint8Array(problem.calls.length);
  for (const event of problem.events.subarray(0, lastEvent + 1)) {
    if (event < 0) retention[~event] = kept;
    else retention[event] = forget(problem, event);
  }
  return retention;
}

/** What is left of an operation whose answer is lost: of a read-only one, nothing. */
export const forget = (problem: Problem, operation: number): number =>
  problem.readOnly[operation] === 1 ? gone : forgotten;

/** The weaker problem that keeps of each operation what the retention says. */
export function relax(problem: Problem, retention: Retention): Relaxed {
  const numbers = problem.calls.map((_, number) => number);
  const requiredOnes = numbers.filter((number) => retention[number] === kept);
  const forgottenOnes = numbers.filter((number) => retention[number] === forgotten);
  const calls = (some: readonly number[]) => some.map((number) => problem.calls[number]);
  const useful = usefulOnes(problem.model, calls(requiredOnes), calls(forgottenOnes));
  const optionalOnes = forgottenOnes.filter((_, i) => useful[i]);
  const origin = Int32Array.from([...requiredOnes, ...inOrderOfCalls(problem, optionalOnes)]);
  const renumbered = new Int32Array(problem.calls.length).fill(-1);
  for (const [number, original] of origin.entries()) renumbered[original] = number;
  const events: number[] = [];
  for (const event of problem.events) {
    const number = renumbered[event < 0 ? ~event : event]!;
    if (number < 0) continue;
    if (event >= 0) events.push(number);
    else if (number < requiredOnes.length) events.push(~number);
  }
  return {
    origin,
    problem: {
      model: problem.model,
      operations: Array.from(origin, (number) => problem.operations[number]!),
      calls: Array.from(origin, (number) => problem.calls[number]),
      required: requiredOnes.length,
      readOnly: Uint8Array.from(origin, (number) => problem.readOnly[number]!),
      twin: twins(problem.model, calls([...origin]), requiredOnes.length),
      events: Int32Array.from(events),
    },
  };
}

/** Required operations that were forgotten stand among those that were optional from the first. */
const inOrderOfCalls = (problem: Problem, numbers: readonly number[]): number[] =>
  numbers.toSorted(
    (a, b) => problem.operations[a]!.invokeIndex - problem.operations[b]!.invokeIndex,
  );
