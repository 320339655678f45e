/**
 * One register. `register` knows read and write; `cas-register` knows compare-and-set too. Jepsen's short name `cas`
 * is taken as well, and a pair may be written `[from, to]` or `{from, to}`.
 */
import { dataError } from '../../../src/core/errors.ts';
import type { Operation } from '../../../src/core/history/operation.ts';
import { illegal } from '../model.ts';
import type { Effect, Model } from '../model.ts';
import { atom, describeAtom, outcomeSuffix } from './values.ts';
import type { Atom } from './values.ts';

export type RegisterCall =
  | { readonly kind: 'read'; readonly value: Atom; readonly to: null }
  | { readonly kind: 'write'; readonly value: Atom; readonly to: null }
  /** Succeeded, or may have: `value` was there, and `to` is after it. */
  | { readonly kind: 'compare-and-set'; readonly value: Atom; readonly to: Atom }
  /** A compare-and-set was refused, for the register held anything but `value`. */
  | { readonly kind: 'is-not'; readonly value: Atom; readonly to: Atom };

export interface RegisterOptions {
  /** What the register holds before the first write; null unless given. */
  readonly initial?: Atom;
}

/** Reads and writes only. */
export const register = (options: RegisterOptions = {}): Model<Atom, RegisterCall> =>
  startingAt(readAndWrite, options);

/** With compare-and-set; `cas` is the same. */
export const casRegister = (options: RegisterOptions = {}): Model<Atom, RegisterCall> =>
  startingAt(withCompareAndSet, options);

/** All registers share their functions, which run once for each operation of a history: they stay compiled. */
const startingAt = (
  model: Model<Atom, RegisterCall>,
  { initial }: RegisterOptions,
): Model<Atom, RegisterCall> => ({ ...model, initial: atom(initial) });

type Named = Pick<Model, 'name' | 'says' | 'functions'>;

const registerModel = (named: Named): Model<Atom, RegisterCall> => ({
  ...named,
  initial: null,
  call(operation) {
    if (!named.functions.includes(operation.f)) throw unknownFunction(named, operation.f);
    return registerCall(operation);
  },
  refusal: (operation) =>
    isCompareAndSet(operation.f) && isRefusal(operation)
      ? { ...compareAndSet(operation), kind: 'is-not' }
      : undefined,
  step: stepRegister,
  readOnly: (call) =>
    call.kind === 'read' ||
    call.kind === 'is-not' ||
    (call.kind === 'compare-and-set' && call.value === call.to),
  effect: effectOnRegister,
  forms: {
    read: 'read',
    write: 'write',
    'compare-and-set': 'compare-and-set',
    cas: 'compare-and-set',
  },
  describeCall(call, outcome) {
    switch (call.kind) {
      case 'read':
        return `read → ${outcome === 'ok' ? describeAtom(call.value) : '?'}`;
      case 'write':
        return `write ${describeAtom(call.value)}${outcomeSuffix(outcome)}`;
      case 'compare-and-set':
      case 'is-not': {
        const pair = `${describeAtom(call.value)} → ${describeAtom(call.to)}`;
        return `compare-and-set ${pair}${outcomeSuffix(outcome) || ': ok'}`;
      }
    }
  },
  describeState: describeAtom,
});

/** Reads one operation of a register, whatever it is called; also for models made of registers. */
function registerCall(operation: Operation): RegisterCall {
  switch (operation.f) {
    case 'read':
      if (operation.outcome === 'ok' && operation.output === undefined)
        throw dataError('a read is ok but has no value');
      return { kind: 'read', value: atom(operation.output), to: null };
    case 'write':
      if (operation.input === undefined) throw dataError('a write has no value');
      return { kind: 'write', value: atom(operation.input), to: null };
    default:
      return compareAndSet(operation);
  }
}

function stepRegister(state: Atom, call: RegisterCall): Atom | typeof illegal {
  switch (call.kind) {
    case 'read':
      return call.value === state ? state : illegal;
    case 'write':
      return call.value;
    case 'compare-and-set':
      return call.value === state ? call.to : illegal;
    case 'is-not':
      return call.value === state ? illegal : state;
  }
}

function effectOnRegister(call: RegisterCall): Effect<Atom> {
  switch (call.kind) {
    case 'read':
      return { needs: call.value };
    case 'write':
      return { leaves: call.value };
    case 'compare-and-set':
      return { needs: call.value, leaves: call.to };
    case 'is-not':
      return { forbids: call.value };
  }
}

/** The pair of a compare-and-set. */
export function compareAndSet(operation: Operation): RegisterCall & { kind: 'compare-and-set' } {
  const { input } = operation;
  if (Array.isArray(input) && input.length === 2)
    return { kind: 'compare-and-set', value: atom(input[0]), to: atom(input[1]) };
  if (typeof input === 'object' && input !== null && 'from' in input && 'to' in input)
    return { kind: 'compare-and-set', value: atom(input.from), to: atom(input.to) };
  throw dataError(
    `a ${operation.f} has the value ${JSON.stringify(input)}, which is neither [from, to] nor {from, to}`,
  );
}

export const isCompareAndSet = (f: string): boolean => f === 'compare-and-set' || f === 'cas';

/** The object looked and found another value; any other code says that the call may not have reached the object. */
export const isRefusal = (operation: Operation): boolean =>
  operation.error === undefined || refusalCodes.has(operation.error);

const refusalCodes: ReadonlySet<string> = new Set(['other-value', 'other value']);

/** Refuses a function that a model does not have. */
export const unknownFunction = (model: Pick<Model, 'name' | 'functions'>, f: string) =>
  dataError(
    `the model ${model.name} has no function ${f}`,
    `it knows ${model.functions.join(', ')}; choose the model that fits the history with --model`,
  );

const readAndWrite = registerModel({
  name: 'register',
  says: 'a register that is read and written',
  functions: ['read', 'write'],
});

const withCompareAndSet = registerModel({
  name: 'cas-register',
  says: 'a register that is read, written, and written on condition of its value',
  functions: ['read', 'write', 'compare-and-set', 'cas'],
});
