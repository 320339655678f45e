/** A set: add and remove an element, and read all of them as a list in any order. */
import { dataError } from '../../../src/core/errors.ts';
import { illegal } from '../model.ts';
import type { Model } from '../model.ts';
import { unknownFunction } from './register.ts';
import { atom, describeAtom, outcomeSuffix } from './values.ts';

interface SetCall {
  readonly kind: 'add' | 'remove' | 'read';
  /** One element, or all that were read: each as JSON, sorted, as in a state. */
  readonly elements: readonly string[];
}

const functions = ['add', 'remove', 'read'];

/** A state is the JSON of its sorted elements. */
export const set = (): Model<string, SetCall> => ({
  name: 'set',
  says: 'a set: elements are added, removed, and read all at once',
  functions,
  initial: '[]',
  call({ f, input, output, outcome }) {
    if (f === 'read') return { kind: 'read', elements: outcome === 'ok' ? listed(output) : [] };
    if (f !== 'add' && f !== 'remove') throw unknownFunction({ name: 'set', functions }, f);
    if (input === undefined) throw dataError(`an operation ${f} has no value`);
    return { kind: f, elements: [JSON.stringify(atom(input))] };
  },
  step(state, { kind, elements }) {
    if (kind === 'read') return JSON.stringify(elements) === state ? state : illegal;
    const held = new Set(JSON.parse(state) as string[]);
    if (kind === 'add') held.add(elements[0]!);
    else held.delete(elements[0]!);
    return JSON.stringify([...held].toSorted());
  },
  readOnly: ({ kind }) => kind === 'read',
  // What only grows is never again without an element that it has.
  canReach(state, { kind, elements }) {
    if (kind !== 'read') return true;
    const read = new Set(elements);
    return (JSON.parse(state) as string[]).every((element) => read.has(element));
  },
  resets: ({ kind }) => kind === 'remove',
  nameCall: ({ kind, elements }) => JSON.stringify([kind, elements]),
  describeCall({ kind, elements }, outcome) {
    if (kind !== 'read') return `${kind} ${shown(elements)}${outcomeSuffix(outcome)}`;
    return `read → ${outcome === 'ok' ? `{${shown(elements)}}` : '?'}`;
  },
  describeState: (state) => `{${shown(JSON.parse(state) as string[])}}`,
});

function listed(output: unknown): string[] {
  if (!Array.isArray(output)) throw dataError('a read is ok but has no value that is a list');
  return output.map((element) => JSON.stringify(atom(element))).toSorted();
}

const shown = (elements: readonly string[]): string =>
  elements.map((element) => describeAtom(JSON.parse(element) as string)).join(', ');
