/**
 * What an engine is given: the operations of one object, numbered, and the order of their calls and returns.
 *
 * Required operations (they returned `ok`) come first, in the order of their calls, then optional ones (nobody knows
 * whether they happened), in the order of theirs. Optional operations have a call and no return: they may take effect
 * at any later time, or never. What says nothing is not in here: failed operations, reads without an answer,
 * and unknown writes that nobody saw.
 */
import { DspError } from '../../src/core/errors.ts';
import type { Operation } from '../../src/core/history/operation.ts';
import { effectsOf } from './effects.ts';
import type { Effects } from './effects.ts';
import type { Model } from './model.ts';
import { twins } from './twins.ts';
import { usefulOnes } from './useful.ts';
import { isWitness } from './witness.ts';

export interface Problem {
  readonly model: Model;
  readonly size: number;
  /** By their numbers. Made when they are first asked for, as the calls are: most problems are decided without. */
  readonly operations: readonly Operation[];
  /** What the model reads in each of them. */
  readonly calls: readonly unknown[];
  /** How many must take effect: the numbers below this. */
  readonly required: number;
  /** 1 for an operation that never changes a state. */
  readonly readOnly: Uint8Array;
  /** What the model tells of them; undefined if it tells nothing of the kind. */
  readonly effects: Effects | undefined;
  /** For an optional operation, the one before it that does the same, if any; else -1. */
  readonly twin: Int32Array;
  /** In the order of the history: an operation's number for its call, the complement (`~`) of it for its return. */
  readonly events: Int32Array;
  /** Checks an order of them by its definition, whatever an engine believes. */
  isOrder(order: Int32Array): boolean;
}

/** What a problem is made of. */
export interface ProblemParts extends Omit<Problem, 'operations' | 'calls' | 'isOrder'> {
  readonly operations: () => readonly Operation[];
  readonly calls: () => readonly unknown[];
  /** By the model's step, unless given. */
  readonly isOrder?: (order: Int32Array) => boolean;
}

/** A problem that makes its operations and calls when they are first asked for. */
export function problemWith({ isOrder, ...parts }: ProblemParts): Problem {
  let operations: readonly Operation[] | undefined;
  let calls: readonly unknown[] | undefined;
  const problem: Problem = {
    ...parts,
    get operations() {
      return (operations ??= parts.operations());
    },
    get calls() {
      return (calls ??= parts.calls());
    },
    isOrder: isOrder ?? ((order) => isWitness(problem, order)),
  };
  return problem;
}

/** One operation on its way into a problem. */
export interface Candidate {
  readonly operation: Operation;
  readonly call: unknown;
  readonly required: boolean;
  readonly readOnly: boolean;
}

/**
 * Reads the operations that say something. `failedIsEvidence`: a refused compare-and-set is taken as an observation
 * that the value was another; without it, a failed operation did not happen and says nothing. `tick` is called for each
 * operation.
 */
export function candidatesOf(
  model: Model,
  operations: readonly Operation[],
  failedIsEvidence: boolean,
  tick = () => {},
): Candidate[] {
  const candidates: Candidate[] = [];
  for (const operation of operations) {
    tick();
    let call: unknown;
    try {
      call = meaningOf(model, operation, failedIsEvidence);
    } catch (thrown) {
      throw atEntry(operation, thrown);
    }
    if (call === undefined) continue;
    const required = operation.outcome !== 'info';
    const readOnly = model.readOnly?.(call) ?? false;
    if (required || !readOnly) candidates.push({ operation, call, required, readOnly });
  }
  return candidates;
}

/** What the model reads in an operation; undefined when it says nothing. */
export function meaningOf(model: Model, operation: Operation, failedIsEvidence: boolean): unknown {
  if (operation.outcome !== 'fail') return model.call(operation);
  return failedIsEvidence ? model.refusal?.(operation) : undefined;
}

/** A model that refuses an operation does not know which entry it is; this adds it. */
function atEntry(operation: Operation, thrown: unknown): unknown {
  if (!(thrown instanceof DspError)) return thrown;
  const hint = thrown.hint === undefined ? {} : { hint: thrown.hint };
  return new DspError('data', `entry ${operation.invokeIndex}: ${thrown.message}`, {
    ...hint,
    cause: thrown,
  });
}

const callOf = (candidate: Candidate): unknown => candidate.call;

/** Numbers the candidates, which must be in the order of their calls; optional ones that cannot help are left out. */
export function problemOf(model: Model, candidates: readonly Candidate[]): Problem {
  const requiredOnes = candidates.filter((each) => each.required);
  const required = requiredOnes.length;
  if (required === candidates.length) return problemIn(model, candidates, required);
  const all = requiredOnes.concat(candidates.filter((each) => !each.required));
  const effects = effectsOf(model, all.map(callOf), new Uint8Array(all.length));
  const useful = usefulOnes(effects, Int32Array.from(all.keys()), required);
  const ordered = useful.length === all.length ? all : Array.from(useful, (number) => all[number]!);
  return problemIn(model, ordered, required);
}

function problemIn(model: Model, ordered: readonly Candidate[], required: number): Problem {
  const calls = ordered.map(callOf);
  const operations = ordered.map((each) => each.operation);
  const readOnly = new Uint8Array(ordered.length);
  for (let number = 0; number < ordered.length; number++)
    readOnly[number] = ordered[number]!.readOnly ? 1 : 0;
  const effects = effectsOf(model, calls, readOnly);
  return problemWith({
    model,
    size: ordered.length,
    required,
    readOnly,
    effects,
    twin: twins(effects, required, ordered.length),
    events: eventsOf(operations, required),
    operations: () => operations,
    calls: () => calls,
  });
}

/**
 * Calls and returns in the order of their entries. That order, not the time stamp, is what the recorder saw: of two
 * entries with one stamp the first came first. Where an object's entries stand close together each is put into its place;
 * else they are sorted.
 */
function eventsOf(operations: readonly Operation[], required: number): Int32Array {
  let [first, last] = [operations[0]?.invokeIndex ?? 0, -1];
  for (let number = 0; number < operations.length; number++) {
    const { invokeIndex, completeIndex } = operations[number]!;
    first = Math.min(first, invokeIndex);
    last = Math.max(last, number < required ? completeIndex! : invokeIndex);
  }
  const length = operations.length + required;
  return last - first < spreadMax * length
    ? placedEvents(operations, required, first, last)
    : sortedEvents(operations, required, length);
}

const spreadMax = 16;

function placedEvents(
  operations: readonly Operation[],
  required: number,
  first: number,
  last: number,
): Int32Array {
  const places = new Int32Array(last - first + 1).fill(vacant);
  for (let number = 0; number < operations.length; number++) {
    const { invokeIndex, completeIndex } = operations[number]!;
    places[invokeIndex - first] = number;
    if (number < required) places[completeIndex! - first] = ~number;
  }
  const events = new Int32Array(operations.length + required);
  let count = 0;
  for (const event of places) if (event !== vacant) events[count++] = event;
  return events;
}

const vacant = -(2 ** 31);

/** Sorted as numbers, each made of the entry and the event: many times faster than by a comparison of ours. */
function sortedEvents(
  operations: readonly Operation[],
  required: number,
  length: number,
): Int32Array {
  const keys = new Float64Array(length);
  for (let number = 0; number < operations.length; number++) {
    const { invokeIndex, completeIndex } = operations[number]!;
    keys[number] = invokeIndex * length + number;
    if (number < required)
      keys[operations.length + number] = completeIndex! * length + operations.length + number;
  }
  return Int32Array.from(keys.toSorted(), (key) => {
    const event = key % length;
    return event < operations.length ? event : ~(event - operations.length);
  });
}
