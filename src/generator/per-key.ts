/**
 * Independent objects, each under a key of its own, so that a long run is many short histories that can be judged one by one.
 *
 * Keys take turns: operation by operation, round and round over a window of active keys. A key that has had its share of
 * operations gives its place to a fresh one. Nothing else decides the next key — not which thread is free, not how long
 * an operation takes — or the same seed would not give the same operations. (Jepsen's `independent` binds a group of
 * threads to each key instead, and so its keys advance as fast as their threads happen to be.)
 */
import { harnessError } from '../core/errors.ts';
import type { Key } from '../core/history/entry.ts';
import type { Generator, GeneratorContext, Step } from '../core/seams/generator.ts';
import { limit } from './limit.ts';
import { done, operationStep, pending, replaceAt } from './step.ts';

export interface PerKeyOptions {
  /** The n-th key, n from 0; undefined when there are no more. */
  readonly keys: (n: number) => Key | undefined;
  /** How many keys are active at a time. */
  readonly window: number;
  /** The operations of one key. */
  readonly operationsMax: number;
  /** What is done to a key; its operations get the key by themselves. */
  readonly generator: (key: Key, n: number) => Generator;
}

/** Done when all keys are. If the key whose turn it is has nothing to do yet, it is waited for. */
export function perKey(options: PerKeyOptions): Generator {
  if (!(options.window >= 1)) throw new RangeError(`a window of ${options.window} keys`);
  return turns(options, { slots: [], turn: 0, keysBegun: 0 });
}

interface Slot {
  readonly key: Key;
  readonly generator: Generator;
}

interface Turns {
  /** The active keys, as many as the window or as there are left. */
  readonly slots: readonly Slot[];
  /** The slot whose turn it is. */
  readonly turn: number;
  readonly keysBegun: number;
}

function turns(options: PerKeyOptions, state: Turns): Generator {
  const self: Generator = {
    step: (context) =>
      stepOf(options, state.slots.length === 0 ? begin(options, state) : state, context),
    update(context, entry) {
      const { key } = entry;
      const place = key === undefined ? -1 : state.slots.findIndex((slot) => slot.key === key);
      if (place < 0) return self;
      const { generator } = state.slots[place]!;
      const next = generator.update(context, entry);
      if (next === generator) return self;
      return turns(options, {
        ...state,
        slots: replaceAt(state.slots, place, { key: key!, generator: next }),
      });
    },
  };
  return self;
}

/** Fills the window. */
function begin(options: PerKeyOptions, { turn, keysBegun }: Turns): Turns {
  const slots: Slot[] = [];
  let begun = keysBegun;
  for (; slots.length < options.window; begun++) {
    const slot = freshSlot(options, begun);
    if (slot === undefined) break;
    slots.push(slot);
  }
  return { slots, turn, keysBegun: begun };
}

function freshSlot({ keys, operationsMax, generator }: PerKeyOptions, n: number): Slot | undefined {
  const key = keys(n);
  return key === undefined
    ? undefined
    : { key, generator: limit(operationsMax, generator(key, n)) };
}

function stepOf(options: PerKeyOptions, state: Turns, context: GeneratorContext): Step {
  let { slots, keysBegun } = state;
  let turn = state.turn;
  let emptyKeys = 0;
  while (slots.length > 0) {
    const { key, generator } = slots[turn]!;
    const step = generator.step(context);
    if (step.kind !== 'done') {
      const after = { slots: replaceAt(slots, turn, { key, generator: step.next }), keysBegun };
      if (step.kind === 'pending') return pending(turns(options, { ...after, turn }), step.untilNs);
      const next = turns(options, { ...after, turn: (turn + 1) % slots.length });
      return operationStep({ ...step.operation, key }, next);
    }
    const fresh = freshSlot(options, keysBegun);
    slots = fresh === undefined ? slots.toSpliced(turn, 1) : replaceAt(slots, turn, fresh);
    if (fresh !== undefined) keysBegun += 1;
    if (turn >= slots.length) turn = 0;
    if (++emptyKeys > emptyKeysMax)
      throw harnessError(`the generators of ${emptyKeysMax} keys in a row yield no operation`);
  }
  return done;
}

/** Else a generator that yields nothing for any key would never return. */
const emptyKeysMax = 10_000;
