/**
 * Finds the smallest evidence that a problem is not linearizable, by weakening it (relax.ts) while it stays so.
 *
 * Needed operations: those whose answers, together, no order explains, whatever became of all others. If the answer of
 * any one of them is forgotten, there is an order. Supporting operations: those that these orders use; without them the
 * evidence would look as if it could be smaller (a read's value would come from nowhere).
 *
 * Forgetting more never makes a problem impossible that was possible, so one attempt at each operation is enough. An
 * attempt that reaches its limit leaves the operation in; the evidence is then sound, but not known to be smallest.
 */
import type { Engine, Limits, Outcome } from './engine.ts';
import type { Problem } from './problem.ts';
import { recentOnly } from './recent.ts';
import { forget, forgotten, gone, kept, relax, upTo } from './relax.ts';
import type { Retention } from './relax.ts';

export interface Evidence {
  /** Operations' numbers in the problem, in no order. */
  readonly needed: readonly number[];
  readonly supporting: readonly number[];
  /** The needed operation that returns last: with its return, no order is left. */
  readonly blocked: number;
  /** What is kept of each operation: the problem that is left is the proof. */
  readonly retention: Retention;
  /** No needed operation can be spared. */
  readonly smallest: boolean;
}

/** Limits of all attempts together (`deadlineMs`) and of each (`stepsMax`, `memoryBytesMax`). */
export function shrink(
  engine: Engine,
  whole: Problem,
  furthestEvent: number,
  limits: Limits,
): Evidence {
  const past = upTo(whole, furthestEvent);
  const begin = recentOnly(engine, whole, past, limits) ?? past;
  // What is left of the whole is small, mostly; from here on only that is looked at.
  const { problem, origin } = relax(whole, begin);
  const retention = Uint8Array.from(origin, (_, number) =>
    number < problem.required ? kept : forgotten,
  );
  const attempt = (weaker: Retention): Outcome => engine(relax(problem, weaker).problem, limits);
  const blocked = ~whole.events[furthestEvent]!;
  const smallest = forgetAllThatCanBe(problem, retention, origin.indexOf(blocked), attempt, limits);
  const needed = numbersWhere(retention, kept);
  const support = supporting(engine, problem, retention, needed, limits);
  const inWhole = (number: number): number => origin[number]!;
  return {
    needed: needed.map(inWhole),
    supporting: support.operations.map(inWhole),
    blocked,
    retention: retentionOf(whole, origin, retention),
    smallest: smallest && support.complete,
  };
}

function retentionOf(whole: Problem, origin: Int32Array, retention: Retention): Retention {
  const all = new Uint8Array(whole.size).fill(gone);
  for (let number = 0; number < origin.length; number++) all[origin[number]!] = retention[number]!;
  return all;
}

/**
 * Forgets in ever smaller groups, reads before others and the oldest first; changes `retention`. False when an attempt
 * reached its limit.
 */
function forgetAllThatCanBe(
  problem: Problem,
  retention: Retention,
  blocked: number,
  attempt: (retention: Retention) => Outcome,
  limits: Limits,
): boolean {
  let decided = true;
  const readsFirst = (number: number) => 1 - problem.readOnly[number]!;
  let candidates = numbersWhere(retention, kept)
    .filter((number) => number !== blocked)
    .toSorted((a, b) => readsFirst(a) - readsFirst(b));
  for (let size = Math.ceil(candidates.length / 2); size > 0; size = nextSize(size)) {
    for (let start = 0; start < candidates.length; start += size) {
      if (performance.now() > limits.deadlineMs) return false;
      const group = candidates.slice(start, start + size);
      for (const number of group) retention[number] = forget(problem, number);
      const outcome = attempt(retention);
      if (outcome.kind === 'not-linearizable') continue;
      for (const number of group) retention[number] = kept;
      if (outcome.kind === 'exhausted' && size === 1) decided = false;
    }
    candidates = candidates.filter((number) => retention[number] === kept);
  }
  return decided;
}

const nextSize = (size: number): number => (size === 1 ? 0 : Math.ceil(size / 2));

/**
 * The fewest forgotten operations with which each needed one is still seen to be needed: what an order uses that exists
 * once that one's answer is forgotten. Each is then tried to be left out.
 */
function supporting(
  engine: Engine,
  problem: Problem,
  retention: Retention,
  needed: readonly number[],
  limits: Limits,
): { operations: number[]; complete: boolean } {
  const all = numbersWhere(retention, forgotten);
  const chosen = new Set<number>();
  /** The supporting operations that an order uses without `spared`'s answer; undefined when no order was found. */
  const used = (spared: number, support: Iterable<number>): number[] | undefined => {
    const weaker = new Uint8Array(retention.length).fill(gone);
    for (const number of needed) weaker[number] = kept;
    weaker[spared] = forget(problem, spared);
    for (const number of support) weaker[number] = forgotten;
    const relaxed = relax(problem, weaker);
    const outcome = engine(relaxed.problem, limits);
    if (outcome.kind !== 'linearizable') return undefined;
    const order = Array.from(outcome.order, (number) => relaxed.origin[number]!);
    return order.filter((number) => weaker[number] === forgotten && number !== spared);
  };
  let complete = true;
  for (const spared of needed) {
    if (performance.now() > limits.deadlineMs) return { operations: [...chosen], complete: false };
    if (used(spared, chosen) !== undefined) continue;
    const more = used(spared, all);
    if (more === undefined) complete = false;
    for (const number of more ?? []) chosen.add(number);
  }
  for (const number of chosen) {
    if (performance.now() > limits.deadlineMs) break;
    const fewer = [...chosen].filter((other) => other !== number);
    if (needed.every((spared) => used(spared, fewer) !== undefined)) chosen.delete(number);
  }
  return { operations: [...chosen], complete };
}

const numbersWhere = (retention: Retention, what: number): number[] =>
  Array.from(retention.keys()).filter((number) => retention[number] === what);
