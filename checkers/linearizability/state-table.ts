/**
 * Numbers the states of a model as they are met, so that a configuration is whole numbers only and equal states are one
 * number. State 0 is the initial one.
 */
import { illegal } from './model.ts';
import type { Model } from './model.ts';

export interface StateTable {
  /** The number of the state after `call` in the state numbered `from`; -1 when it is illegal. */
  step(from: number, call: unknown): number;
  stateOf(number: number): unknown;
  /** An estimate of what the states take. */
  bytes(): number;
}

export function stateTable(model: Model): StateTable {
  const states: unknown[] = [];
  let bytes = 0;
  const find = finder(model, states);
  const numberOf = (state: unknown): number => {
    const known = find(state, states.length);
    if (known === states.length) {
      states.push(state);
      bytes += bytesOf(state);
    }
    return known;
  };
  numberOf(model.initial);
  return {
    step(from, call) {
      const before = states[from];
      const after = model.step(before, call);
      if (after === illegal) return -1;
      return after === before ? from : numberOf(after);
    },
    stateOf: (number) => states[number],
    bytes: () => bytes,
  };
}

/** Finds the number of an equal state, or takes `next` for it. */
function finder(
  model: Model,
  states: readonly unknown[],
): (state: unknown, next: number) => number {
  if (model.equal === undefined) {
    const numbers = new Map<unknown, number>();
    return (state, next) => {
      const known = numbers.get(state);
      if (known === undefined) numbers.set(state, next);
      return known ?? next;
    };
  }
  const buckets = new Map<number, number[]>();
  return (state, next) => {
    const hash = model.hash?.(state) ?? 0;
    const bucket = buckets.get(hash);
    const known = bucket?.find((number) => model.equal?.(states[number], state) === true);
    if (known !== undefined) return known;
    if (bucket === undefined) buckets.set(hash, [next]);
    else bucket.push(next);
    return next;
  };
}

const bytesOf = (state: unknown): number =>
  typeof state === 'string' ? 64 + 2 * state.length : typeof state === 'object' ? 512 : 64;
