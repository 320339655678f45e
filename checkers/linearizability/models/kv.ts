/**
 * A key-value store: get, put, append and compare-and-set on many keys, each key an object of its own.
 *
 * An absent key reads as the empty text, and the model does not tell the two apart: null and '' are one value. Append
 * joins texts.
 */
import { dataError } from '../../../src/core/errors.ts';
import type { Operation } from '../../../src/core/history/operation.ts';
import { illegal } from '../model.ts';
import type { Model } from '../model.ts';
import { compareAndSet, isCompareAndSet, isRefusal, unknownFunction } from './register.ts';
import { atom, describeAtom, outcomeSuffix, plainText } from './values.ts';
import type { Atom } from './values.ts';

export interface KvCall {
  readonly kind: 'get' | 'put' | 'append' | 'compare-and-set' | 'is-not';
  readonly value: Atom;
  readonly to: Atom;
}

const functions = ['get', 'put', 'append', 'compare-and-set', 'read', 'write', 'cas'] as const;

export const kv = (): Model<Atom, KvCall> => ({
  name: 'kv',
  says: 'a key-value store: get, put, append and compare-and-set, key by key',
  functions,
  initial: absent,
  call(operation) {
    switch (operation.f) {
      case 'get':
      case 'read':
        if (operation.outcome === 'ok' && operation.output === undefined)
          throw dataError(`a ${operation.f} is ok but has no value`);
        return { kind: 'get', value: present(operation.output), to: absent };
      case 'put':
      case 'write':
        return { kind: 'put', value: argument(operation), to: absent };
      case 'append':
        return { kind: 'append', value: argument(operation), to: absent };
      default:
        if (isCompareAndSet(operation.f)) return pairOf(operation);
        throw unknownFunction({ name: 'kv', functions }, operation.f);
    }
  },
  refusal: (operation) =>
    isCompareAndSet(operation.f) && isRefusal(operation)
      ? { ...pairOf(operation), kind: 'is-not' }
      : undefined,
  step(state, call) {
    switch (call.kind) {
      case 'get':
        return call.value === state ? state : illegal;
      case 'put':
        return call.value;
      case 'append':
        return atom(plainText(state) + plainText(call.value));
      case 'compare-and-set':
        return call.value === state ? call.to : illegal;
      case 'is-not':
        return call.value === state ? illegal : state;
    }
  },
  readOnly: (call) =>
    call.kind === 'get' ||
    call.kind === 'is-not' ||
    (call.kind === 'compare-and-set' && call.value === call.to),
  effect(call) {
    switch (call.kind) {
      case 'get':
        return { needs: call.value };
      case 'put':
        return { leaves: call.value };
      case 'compare-and-set':
        return { needs: call.value, leaves: call.to };
      case 'is-not':
        return { forbids: call.value };
      case 'append':
        return undefined;
    }
  },
  forms: {
    get: 'read',
    read: 'read',
    put: 'write',
    write: 'write',
    'compare-and-set': 'compare-and-set',
    cas: 'compare-and-set',
  },
  nameCall: ({ kind, value, to }) =>
    kind === 'compare-and-set' || kind === 'is-not'
      ? JSON.stringify([kind, value, to])
      : `${kind} ${typeof value} ${value}`,
  canReach: (state, call) =>
    call.kind !== 'get' || plainText(call.value).startsWith(plainText(state)),
  resets({ kind, value, to }, _state, asked) {
    if (kind !== 'put' && kind !== 'compare-and-set') return false;
    return plainText(asked.value).startsWith(plainText(kind === 'put' ? value : to));
  },
  leadsTo({ kind, value }, state, asked) {
    if (asked.kind !== 'get') return true;
    if (kind === 'append')
      return plainText(asked.value).includes(plainText(value), plainText(state).length);
    return kind === 'get' || kind === 'is-not';
  },
  describeCall(call, outcome) {
    if (call.kind === 'get') return `get → ${outcome === 'ok' ? describeAtom(call.value) : '?'}`;
    if (call.kind === 'put' || call.kind === 'append')
      return `${call.kind} ${describeAtom(call.value)}${outcomeSuffix(outcome)}`;
    const pair = `${describeAtom(call.value)} → ${describeAtom(call.to)}`;
    return `compare-and-set ${pair}${outcomeSuffix(outcome) || ': ok'}`;
  },
  describeState: describeAtom,
});

const absent = '';

const present = (value: unknown): Atom => atom(value) ?? absent;

function argument(operation: Operation): Atom {
  if (operation.input === undefined) throw dataError(`a ${operation.f} has no value`);
  return present(operation.input);
}

function pairOf(operation: Operation): KvCall {
  const { value, to } = compareAndSet(operation);
  return { kind: 'compare-and-set', value: value ?? absent, to: to ?? absent };
}
