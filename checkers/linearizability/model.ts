/**
 * A model: what an object does when operations come one at a time. Linearizability is judged against it.
 *
 * A model is purely functional: `step` never changes the state it is given. It reads each operation once, before the
 * search, into a call of its own (`call`); the search then steps over calls only. What it cannot read it refuses with a
 * `data` error in one sentence, and the checker adds which entry that was.
 */
import type { Key } from '../../src/core/history/entry.ts';
import type { Operation } from '../../src/core/history/operation.ts';

/** What `step` answers when the object could not have given the recorded answer in that state. */
export const illegal: unique symbol = Symbol('illegal');

/** A call that needs and forbids nothing is legal in every state; one that leaves nothing leaves every state as it is. */
export interface Effect<State> {
  /** The only state in which it is legal. */
  readonly needs?: State;
  /** The only state in which it is not. */
  readonly forbids?: State;
  /** The state after it, whatever was before. */
  readonly leaves?: State;
}

/**
 * What functions of a register do, whatever they are called: a read needs its answer, a write leaves its argument, a
 * compare-and-set needs the first of its pair and leaves the second.
 */
export type Form = 'read' | 'write' | 'compare-and-set';

export interface Model<State = unknown, Call = unknown> {
  readonly name: string;
  /** One sentence for `dsp list`. */
  readonly says: string;
  /** The functions that it knows, for the sentence that refuses others. */
  readonly functions: readonly string[];
  readonly initial: State;
  /** What is stepped over: arguments and, for an `ok`, the recorded answer. */
  call(operation: Operation): Call;
  /**
   * What a failed operation says about the state, under the reading that a refusal is evidence (a compare-and-set that
   * failed because the value was another). Undefined when it says nothing, as when it never reached the object.
   */
  refusal?(operation: Operation): Call | undefined;
  /** The state after the call took effect in `state`, or `illegal`. */
  step(state: State, call: Call): State | typeof illegal;
  /** True only for a call that leaves every state as it is. A write of the current value is not such a call. */
  readOnly?(call: Call): boolean;
  /** What a call needs of the state and leaves of it; undefined when it cannot be said as one state each. */
  effect?(call: Call): Effect<State> | undefined;
  /**
   * The functions that have a form, where numbers and texts are a state each as they are. It must say what `call`, `effect` and
   * `readOnly` say; a million operations are read by it without making a million calls first.
   */
  readonly forms?: Readonly<Partial<Record<string, Form>>>;
  /** Of a user's own: an order counts only when its steps do what its effects say. */
  readonly isOwn?: true;
  /** A name that only calls have that do the same in every state; without names, each call is one of its own kind. */
  nameCall?(call: Call): string | undefined;
  /**
   * False only when the call is legal neither in `state` nor in any state that calls make of it which do not reset it for the call. A
   * get of "xy" is out of reach of "y", whatever is appended.
   */
  canReach?(state: State, call: Call): boolean;
  /**
   * Whether `canReach` does not reckon with this call, in `state` or in what other calls make of it: it may bring the answer of
   * `asked`, which is out of reach, into reach. A put of "x" brings "xy", not "y".
   */
  resets?(call: Call, state: State, asked: Call): boolean;
  /**
   * False only when no order leads from `state` to the answer of `asked` of which `call` is a part and no call that resets
   * it: an append of "z" is on no way from "x" to "xy".
   */
  leadsTo?(call: Call, state: State, asked: Call): boolean;
  /** Splits an object further into independent ones; a history is split by `key` in any case. Undefined splits nothing. */
  partition?(operation: Operation): Key | undefined;
  /** Equality of states; SameValueZero when absent, which is right for numbers and texts. */
  equal?(a: State, b: State): boolean;
  /** Equal states must have equal hashes. Without it, `equal` compares with every state met so far. */
  hash?(state: State): number;
  /** As a person reads it: `read → 3`. */
  describeCall(call: Call, outcome: Operation['outcome']): string;
  describeState(state: State): string;
}
