/**
 * A first-in-first-out queue: enqueue an element; dequeue the oldest, or null when there is none. A dequeue whose answer
 * nobody knows may have taken one.
 */
import { dataError } from '../../../src/core/errors.ts';
import { illegal } from '../model.ts';
import type { Model } from '../model.ts';
import { unknownFunction } from './register.ts';
import { atom, describeAtom, outcomeSuffix } from './values.ts';
import type { Atom } from './values.ts';

interface QueueCall {
  readonly kind: 'enqueue' | 'dequeue' | 'dequeue-unknown';
  readonly element: Atom;
}

const functions = ['enqueue', 'dequeue'];

/** A state is the JSON of its elements, the oldest first. */
export const queue = (): Model<string, QueueCall> => ({
  name: 'queue',
  says: 'a first-in-first-out queue; a dequeue of an empty one answers null',
  functions,
  initial: '[]',
  call({ f, input, output, outcome }) {
    if (f === 'enqueue') {
      if (input === undefined || input === null) throw dataError('an enqueue has no value');
      return { kind: 'enqueue', element: atom(input) };
    }
    if (f !== 'dequeue') throw unknownFunction({ name: 'queue', functions }, f);
    if (outcome !== 'ok') return { kind: 'dequeue-unknown', element: null };
    if (output === undefined) throw dataError('a dequeue is ok but has no value');
    return { kind: 'dequeue', element: atom(output) };
  },
  step(state, { kind, element }) {
    const elements = elementsOf(state);
    if (kind === 'enqueue') return JSON.stringify([...elements, element]);
    if (kind === 'dequeue' && oldest(state) !== element) return illegal;
    return JSON.stringify(elements.slice(1));
  },
  // Until the oldest is taken, nothing else comes out, whatever comes in behind it.
  canReach: (state, { kind, element }) =>
    kind !== 'dequeue' || state === '[]' || oldest(state) === element,
  resets: ({ kind, element }, state) =>
    kind === 'dequeue-unknown' || (kind === 'dequeue' && oldest(state) === element),
  nameCall: ({ kind, element }) => JSON.stringify([kind, element]),
  describeCall({ kind, element }, outcome) {
    if (kind === 'enqueue') return `enqueue ${describeAtom(element)}${outcomeSuffix(outcome)}`;
    return `dequeue → ${kind === 'dequeue' ? describeAtom(element) : '?'}`;
  },
  describeState: (state) => `[${elementsOf(state).map(describeAtom).join(', ')}]`,
});

const elementsOf = (state: string) => JSON.parse(state) as Atom[];

/** Null when there is none. */
const oldest = (state: string): Atom => elementsOf(state)[0] ?? null;
