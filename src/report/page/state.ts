/**
 * What the reader has chosen: one value that every part of the page follows, so that a finding, a bar, a row and a chart
 * always show the same thing.
 */
import type { TimeRange } from '../model.ts';

export interface State {
  /** Place in the report's findings. */
  readonly finding: number | undefined;
  /** Place in the operations. */
  readonly operation: number | undefined;
  /** Places of operations that the reader points at in a drawing. */
  readonly pointed: readonly number[];
  /** What the timeline shows. */
  readonly window: TimeRange;
  readonly filter: Filter;
  /** What the table lists. */
  readonly scope: 'view' | 'all' | 'finding';
}

export interface Filter {
  /** By outcome: ok, fail, info. */
  readonly outcomes: readonly [boolean, boolean, boolean];
  /** Places of texts; undefined for all. */
  readonly functionPlace: number | undefined;
  readonly keyPlace: number | undefined;
  /** Lower case; anywhere in what the operation says. */
  readonly text: string;
}

export const noFilter: Filter = {
  outcomes: [true, true, true],
  functionPlace: undefined,
  keyPlace: undefined,
  text: '',
};

export interface Store {
  get(): State;
  /** Tells everyone, in the order in which they asked to be told. */
  set(change: Partial<State>): void;
  follow(follower: (now: State, before: State) => void): void;
}

/** A store in the given state. */
export function stateStore(initial: State): Store {
  let state = initial;
  const followers: ((now: State, before: State) => void)[] = [];
  return {
    get: () => state,
    set(change) {
      const before = state;
      state = { ...state, ...change };
      for (const follower of followers) follower(state, before);
    },
    follow: (follower) => void followers.push(follower),
  };
}
