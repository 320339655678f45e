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

/** Of a helper of the stuck operation, an unknown helper, another, and an unknown other. */
const ranks: Readonly<Record<Order, readonly [number, number, number, number]>> = {
  'helpers first': [0, 1, 2, 3],
  'unknown first': [2, 0, 3, 1],
  'unknown before others': [0, 1, 3, 2],
};

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
  /** By candidate: its place among the others; of one rank, the one that is put in first comes first. */
  const rankOf = new Int32Array(problem.size);

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

  return {
    collect(list, first, order) {
      const { next, changers, optionals } = pending;
      const [helper, unknownHelper, other, unknownOther] = ranks[order];
      const state = walk.state();
      const stuck = ~events[walk.at()]!;
      const isStuckLegal = rules.step(state, stuck) >= 0;
      const isHelp = (after: number) => !isStuckLegal && rules.step(after, stuck) >= 0;
      let end = first;
      if (isStuckLegal) end = insert(list, first, end, stuck, before);
      findFirsts();
      for (let each = next[changers]!; each !== changers; each = next[each]!) {
        if (each === stuck || firstOfClass.get(rules.classOf[each]!) !== each) continue;
        const after = isStuckLegal && !rules.effects ? state : rules.step(state, each);
        if (after < 0) continue;
        const rank = isHelp(after) ? rankAt(helper) : rankAt(other) + returnOf[each]!;
        end = insert(list, first, end, each, rank);
      }
      if (next[optionals] !== optionals) enables.look();
      for (let each = next[optionals]!; each !== optionals; each = next[each]!) {
        if (firstOfClass.get(rules.classOf[each]!) >= 0) continue;
        const after = rules.step(state, each);
        if (after < 0 || after === state || !enables.by(each, after)) continue;
        end = insert(list, first, end, each, rankAt(isHelp(after) ? unknownHelper : unknownOther));
      }
      return end;
    },
  };

  /** Where ranks of a kind begin; within it there is room for one for each event. */
  function rankAt(kind: number): number {
    return kind * events.length;
  }

  function insert(list: number[], first: number, end: number, each: number, rank: number): number {
    rankOf[each] = rank;
    let at = end;
    for (; at > first && rankOf[list[at - 1]!]! > rank; at--) list[at] = list[at - 1]!;
    list[at] = each;
    return end + 1;
  }
}

/** The operation that is stuck goes before all others. */
const before = -1;

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
