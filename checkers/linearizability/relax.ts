/**
 * Weaker problems made from a problem, such that "not linearizable" carries over from the weaker one to the whole.
 *
 * There are two sound ways to weaken. To cut the history off after an event: every prefix of a linearizable history is
 * linearizable. And to forget that an operation returned, as if its answer had been lost: a write may then take effect
 * later or never, a read says nothing. To leave a write out altogether is not sound: `write 1; read → 1` is fine, and
 * `read → 1` alone is not, but that proves nothing.
 */
import { effectsAt } from './effects.ts';
import { problemWith } from './problem.ts';
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
  const retention = new Uint8Array(problem.size);
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
  const { model, readOnly } = problem;
  const { numbers, required } = remaining(problem, retention);
  const origin = usefulOnes(problem.effects, numbers, required);
  const effects = problem.effects && effectsAt(problem.effects, origin);
  return {
    origin,
    problem: problemWith({
      model,
      size: origin.length,
      required,
      readOnly: picked(readOnly, origin),
      effects,
      twin: twins(effects, required, origin.length),
      events: eventsOf(problem, origin, required),
      operations: () => Array.from(origin, (number) => problem.operations[number]!),
      calls: () => Array.from(origin, (number) => problem.calls[number]),
    }),
  };
}

/** Required ones first, then optional ones, each in the order of their calls, which is that of their events. */
function remaining({ events }: Problem, retention: Retention) {
  const numbers = new Int32Array(retention.length);
  let length = 0;
  const collect = (what: number): void => {
    for (let place = 0; place < events.length; place++)
      if (events[place]! >= 0 && retention[events[place]!] === what)
        numbers[length++] = events[place]!;
  };
  collect(kept);
  const required = length;
  collect(forgotten);
  return { numbers: numbers.subarray(0, length), required };
}

function picked(flags: Uint8Array, numbers: Int32Array): Uint8Array {
  const some = new Uint8Array(numbers.length);
  for (let at = 0; at < some.length; at++) some[at] = flags[numbers[at]!]!;
  return some;
}

function eventsOf({ events, size }: Problem, origin: Int32Array, required: number): Int32Array {
  const renumbered = new Int32Array(size).fill(-1);
  for (let number = 0; number < origin.length; number++) renumbered[origin[number]!] = number;
  const left = new Int32Array(origin.length + required);
  let length = 0;
  for (let place = 0; place < events.length; place++) {
    const event = events[place]!;
    const number = renumbered[event < 0 ? ~event : event]!;
    if (number < 0) continue;
    if (event >= 0) left[length++] = number;
    else if (number < required) left[length++] = ~number;
  }
  return left;
}
