/**
 * A problem's model in whole numbers: states are numbered, and a step from one to the next is a look-up.
 *
 * Where every call says its effect (what it needs of the state, what it forbids, what it leaves), the object is a
 * register of some kind: states are values, and the search may reason about who still needs a value and who can still
 * bring it (values.ts). Any other model is stepped, once for each state and class of calls, and remembered.
 */
import { usageError } from '../../../src/core/errors.ts';
import type { Effects } from '../effects.ts';
import type { Model } from '../model.ts';
import type { Problem } from '../problem.ts';
import { stateTable } from '../state-table.ts';
import { transitions, untried } from './transitions.ts';

export interface Rules {
  /** Operations of one class do the same in every state. */
  readonly classOf: Int32Array;
  readonly classes: number;
  /** The state after an operation; -1 when it is illegal. State 0 is the initial one. */
  step(state: number, operation: number): number;
  /** False only when an operation is legal neither in this state nor in any that comes of it without a reset. */
  canReach(state: number, operation: number): boolean;
  /** Whether an operation may bring the answer of another into reach of this state. */
  resets(state: number, operation: number, answer: number): boolean;
  /** False only when an operation is on no way from this state to the answer of another, unless something resets it. */
  leadsTo(state: number, operation: number, answer: number): boolean;
  /** An estimate of what the states take. */
  bytes(): number;
  readonly effects: Effects | undefined;
}

/** Chooses between the two. */
export function rulesOf(problem: Problem): Rules {
  const { effects } = problem;
  return effects === undefined || effects.anyUnsaid ? steppedRules(problem) : effectRules(effects);
}

function effectRules(effects: Effects): Rules {
  const { needs, forbids, leaves, values } = effects;
  const numbers = new Map<number, number>();
  const classOf = new Int32Array(needs.length);
  for (let number = 0; number < needs.length; number++) {
    const within = values + 1;
    const name = ((forbids[number]! + 1) * within + needs[number]! + 1) * within + leaves[number]!;
    // Beyond what a number can tell apart, an operation is a class of its own, which is always right.
    const key = Number.isSafeInteger(name) ? name : -2 - number;
    const known = numbers.get(key);
    if (known === undefined) numbers.set(key, numbers.size);
    classOf[number] = known ?? numbers.size - 1;
  }
  return {
    classOf,
    classes: numbers.size,
    effects,
    canReach: () => true,
    resets: () => false,
    leadsTo: () => true,
    bytes: () => 0,
    step(state, operation) {
      const needed = needs[operation]!;
      if ((needed >= 0 && needed !== state) || forbids[operation] === state) return -1;
      const left = leaves[operation]!;
      return left >= 0 ? left : state;
    },
  };
}

function steppedRules({ model, calls, readOnly }: Problem): Rules {
  const { classOf, classes } = classesOf(model, calls, readOnly);
  const states = stateTable(model);
  const known = transitions();
  const tryStep = (state: number, operation: number): number => {
    const after = states.step(state, calls[operation]);
    if (readOnly[operation] === 1 && after >= 0 && after !== state)
      throw usageError(`the model ${model.name} calls an operation read-only that is not`);
    known.note(state, classOf[operation]!, after);
    return after;
  };
  return {
    classOf,
    classes,
    effects: undefined,
    canReach: (state, operation) =>
      model.canReach?.(states.stateOf(state), calls[operation]) !== false,
    resets: (state, operation, answer) =>
      model.resets?.(calls[operation], states.stateOf(state), calls[answer]) === true,
    leadsTo: (state, operation, answer) =>
      model.leadsTo?.(calls[operation], states.stateOf(state), calls[answer]) !== false,
    bytes: () => states.bytes() + known.bytes(),
    step(state, operation) {
      const after = known.get(state, classOf[operation]!);
      return after === untried ? tryStep(state, operation) : after;
    },
  };
}

/**
 * Calls that the model names alike are one class; without names, each is a class of its own. So is a read-only one, for it
 * is never chosen, and its name may be as long as all that was read.
 */
function classesOf(model: Model, calls: readonly unknown[], readOnly: Uint8Array) {
  const numbers = new Map<unknown, number>();
  const classOf = new Int32Array(calls.length);
  let classes = 0;
  for (let number = 0; number < calls.length; number++) {
    const call = calls[number];
    const name = readOnly[number] === 1 ? undefined : (model.nameCall?.(call) ?? call);
    const known = name === undefined ? undefined : numbers.get(name);
    classOf[number] = known ?? classes++;
    if (name !== undefined && known === undefined) numbers.set(name, classOf[number]!);
  }
  return { classOf, classes };
}
