/**
 * Which operation may take effect next where a walk is stuck, and in which order they are tried.
 *
 * Left out is only what another choice covers:
 *
 *   Alike. Of pending operations that do the same, only the one that returns first; an optional one only when no
 *   required one does the same. In any order, two that do the same can change places.
 *
 *   Idle. An optional operation must enable something that is pending: otherwise what follows it in an order could as
 *   well come without it, and the shortest order has no such thing.
 *
 *   Picky. Where an unknown compare-and-set leads to a value, an unknown write of the value is kept for later: the write
 *   can stand in for the compare-and-set anywhere, not the other way round.
 *
 * Order decides between milliseconds and hours: a search that tries unknown operations last may hang on a history that
 * it would decide at once if it tried first what lets the stuck operation go on. No order is best for all histories; the
 * search changes it as it restarts (search.ts).
 */
import type { Effects } from '../effects.ts';
import type { Problem } from '../problem.ts';
import type { Rules } from './rules.ts';
import type { Walk } from './walk.ts';

/** In which order candidates are tried. */
export const orders = ['helpers first', 'unknown first', 'unknown before others'] as const;
export type Order = (typeof orders)[number];

export interface Candidates {
  /** Puts the candidates where the walk is stuck into `list`, from `first`; returns the place after the last. */
  collect(list: number[], first: number, order: Order): number;
}

/** Finds candidates for a walk of this problem. `returnOf` has the place of each return. */
export function candidatesOf(
  problem: Problem,
  rules: Rules,
  walk: Walk,
  returnOf: Int32Array,
): Candidates {
  const { events } = problem;
  const { pending } = walk;
  const firstOfClass = firstsOf(rules.classes);
  const enables = rules.effects
    ? enablesValue(rules.effects, walk)
    : enablesStep(rules, walk, problem.required);
  const helpers: number[] = [];
  const unknownHelpers: number[] = [];
  const others: number[] = [];
  const unknownOthers: number[] = [];

  /** Of each class, the pending required operation that returns first. */
  function findFirsts(): void {
    const { next, changers } = pending;
    firstOfClass.clear();
    for (let each = next[changers]!; each !== changers; each = next[each]!) {
      const known = firstOfClass.get(rules.classOf[each]!);
      if (known < 0 || returnOf[each]! < returnOf[known]!)
        firstOfClass.set(rules.classOf[each]!, each);
    }
  }

  function addRequired(stuck: number, isHelp: (after: number) => boolean): void {
    const { next, changers } = pending;
    for (let each = next[changers]!; each !== changers; each = next[each]!) {
      if (each === stuck || firstOfClass.get(rules.classOf[each]!) !== each) continue;
      const after = rules.step(walk.state(), each);
      if (after >= 0) (isHelp(after) ? helpers : others).push(each);
    }
  }

  function addOptional(isHelp: (after: number) => boolean): void {
    const { next, optionals } = pending;
    if (next[optionals] === optionals) return;
    enables.look();
    for (let each = next[optionals]!; each !== optionals; each = next[each]!) {
      if (firstOfClass.get(rules.classOf[each]!) >= 0) continue;
      const after = rules.step(walk.state(), each);
      if (after < 0 || after === walk.state() || !enables.by(each, after)) continue;
      (isHelp(after) ? unknownHelpers : unknownOthers).push(each);
    }
  }

  return {
    collect(list, first, order) {
      const stuck = ~events[walk.at()]!;
      const isStuckLegal = rules.step(walk.state(), stuck) >= 0;
      const isHelp = (after: number) => !isStuckLegal && rules.step(after, stuck) >= 0;
      for (const bucket of [helpers, unknownHelpers, others, unknownOthers]) bucket.length = 0;
      findFirsts();
      addRequired(stuck, isHelp);
      addOptional(isHelp);
      others.sort((a, b) => returnOf[a]! - returnOf[b]!);
      let end = first;
      if (isStuckLegal) list[end++] = stuck;
      for (const bucket of inOrder(order)) for (const each of bucket) list[end++] = each;
      return end;
    },
  };

  function inOrder(order: Order): readonly (readonly number[])[] {
    switch (order) {
      case 'helpers first':
        return [helpers, unknownHelpers, others, unknownOthers];
      case 'unknown first':
        return [unknownHelpers, unknownOthers, helpers, others];
      case 'unknown before others':
        return [helpers, unknownHelpers, unknownOthers, others];
    }
  }
}

/** A number for each class, -1 for none, forgotten all at once. */
function firstsOf(classes: number) {
  const first = new Int32Array(classes);
  const stamp = new Int32Array(classes);
  let now = 0;
  return {
    clear: () => void now++,
    get: (at: number): number => (stamp[at] === now ? first[at]! : -1),
    set(at: number, value: number): void {
      first[at] = value;
      stamp[at] = now;
    },
  };
}

interface Enables {
  /** Looks at what is pending now. */
  look(): void;
  /** Whether an optional operation that leads to the state `after` enables something that is pending. */
  by(operation: number, after: number): boolean;
}

function enablesValue({ needs, forbids, leaves, values }: Effects, walk: Walk): Enables {
  const { pending } = walk;
  const needed = firstsOf(values);
  /** What a pending compare-and-set makes of the present value. */
  const reached = firstsOf(values);
  let anyForbidden = false;
  const lookAt = (ring: number): void => {
    for (let each = pending.next[ring]!; each !== ring; each = pending.next[each]!) {
      const value = needs[each]!;
      if (value >= 0) needed.set(value, 1);
      if (value === walk.state() && leaves[each]! >= 0) reached.set(leaves[each]!, 1);
      if (forbids[each] === walk.state()) anyForbidden = true;
    }
  };
  return {
    look() {
      needed.clear();
      reached.clear();
      anyForbidden = false;
      lookAt(pending.changers);
      lookAt(pending.readers);
      lookAt(pending.optionals);
    },
    by(operation, after) {
      if (needs[operation]! < 0 && reached.get(after) >= 0) return false;
      return anyForbidden || needed.get(after) >= 0;
    },
  };
}

/** Without effects: something pending must come to another end after the operation than before it. */
function enablesStep(rules: Rules, walk: Walk, required: number): Enables {
  const { pending } = walk;
  const isOther = (ring: number, operation: number, after: number): boolean => {
    for (let each = pending.next[ring]!; each !== ring; each = pending.next[each]!) {
      if (each === operation) continue;
      const [then, now] = [rules.step(after, each), rules.step(walk.state(), each)];
      if (ring === pending.readers ? then >= 0 && now < 0 : then !== now) return true;
    }
    return false;
  };
  return {
    look() {},
    by: (operation, after) =>
      required > 0 &&
      (isOther(pending.readers, operation, after) ||
        isOther(pending.changers, operation, after) ||
        isOther(pending.optionals, operation, after)),
  };
}
