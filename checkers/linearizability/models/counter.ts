/** A counter: add a number, which may be negative, and read. What an add answers is not looked at. */
import { dataError } from '../../../src/core/errors.ts';
import { illegal } from '../model.ts';
import type { Model } from '../model.ts';
import { unknownFunction } from './register.ts';
import { outcomeSuffix } from './values.ts';

interface CounterCall {
  readonly kind: 'add' | 'read';
  readonly number: number;
}

const functions = ['add', 'read'];

export const counter = (): Model<number, CounterCall> => ({
  name: 'counter',
  says: 'a number that is added to and read',
  functions,
  initial: 0,
  call({ f, input, output, outcome }) {
    if (f === 'add') return { kind: 'add', number: numberIn(input, 'an add') };
    if (f !== 'read') throw unknownFunction({ name: 'counter', functions }, f);
    return { kind: 'read', number: outcome === 'ok' ? numberIn(output, 'a read that is ok') : 0 };
  },
  step(state, { kind, number }) {
    if (kind === 'add') return state + number;
    return state === number ? state : illegal;
  },
  readOnly: ({ kind }) => kind === 'read',
  nameCall: ({ kind, number }) => `${kind} ${number}`,
  describeCall({ kind, number }, outcome) {
    if (kind === 'add') return `add ${number}${outcomeSuffix(outcome)}`;
    return `read → ${outcome === 'ok' ? number : '?'}`;
  },
  describeState: String,
});

/** Whole, for sums of others depend on their order. */
function numberIn(value: unknown, what: string): number {
  if (Number.isSafeInteger(value)) return value as number;
  throw dataError(`${what} has no value that is a whole number`);
}
