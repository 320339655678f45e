/**
 * A counter: add a number, which may be negative, and read. What an add answers is not looked at. The sum is a `bigint`, for
 * sums of numbers beyond 2^53 depend on their order.
 */
import { dataError } from '../../../src/core/errors.ts';
import { illegal } from '../model.ts';
import type { Model } from '../model.ts';
import { unknownFunction } from './register.ts';
import { outcomeSuffix } from './values.ts';

interface CounterCall {
  readonly kind: 'add' | 'read';
  readonly number: bigint;
}

const functions = ['add', 'read'];

export const counter = (): Model<bigint, CounterCall> => ({
  name: 'counter',
  says: 'a number that is added to and read',
  functions,
  initial: 0n,
  call({ f, input, output, outcome }) {
    if (f === 'add') return { kind: 'add', number: numberIn(input, 'an add') };
    if (f !== 'read') throw unknownFunction({ name: 'counter', functions }, f);
    return { kind: 'read', number: outcome === 'ok' ? numberIn(output, 'a read that is ok') : 0n };
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

/** Whole, for sums of others depend on their order; beyond 2^53 a history has its digits as a text. */
function numberIn(value: unknown, what: string): bigint {
  if (typeof value === 'bigint') return value;
  if (Number.isSafeInteger(value)) return BigInt(value as number);
  if (typeof value === 'string' && /^-?\d{16,}$/.test(value)) return BigInt(value);
  throw dataError(`${what} has no value that is a whole number`);
}
