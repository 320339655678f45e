/**
 * Several registers that are read and written together, as Knossos' model of the name has them: an operation `txn` is a list of
 * micro-operations `[f, key, value]`, where `f` is `r` or `read`, `w` or `write`. All of them take effect at one moment, in
 * their order, so that a read sees the writes before it. A read in an `ok` has what it saw.
 *
 * There is no splitting by register, for one operation spans several: that is what this model is for. An operation that has
 * a `key` of its own stays within the registers of that key.
 */
import { dataError } from '../../../src/core/errors.ts';
import type { Operation } from '../../../src/core/history/operation.ts';
import { illegal } from '../model.ts';
import type { Model } from '../model.ts';
import type { RegisterOptions } from './register.ts';
import { unknownFunction } from './register.ts';
import { atom, describeAtom, outcomeSuffix } from './values.ts';
import type { Atom } from './values.ts';

interface MicroCall {
  readonly kind: 'read' | 'write';
  /** An atom, as JSON: the registers 1 and "1" are two. */
  readonly register: string;
  readonly value: Atom;
}

export interface MultiRegisterCall {
  /** Of an operation of unknown end the writes only; nobody knows what its reads saw. */
  readonly steps: readonly MicroCall[];
}

const functions = ['txn'];

/** A state is the JSON of the registers that hold another value than at first, in the order of their names. */
export const multiRegister = (options: RegisterOptions = {}): Model<string, MultiRegisterCall> => ({
  name: 'multi-register',
  says: 'registers of which several are read and written in one step',
  functions,
  initial: '[]',
  call(operation) {
    if (operation.f === 'txn') return { steps: stepsOf(operation) };
    throw unknownFunction({ name: 'multi-register', functions }, operation.f);
  },
  step(state, { steps }) {
    const registers = new Map(registersOf(state));
    const initial = atom(options.initial);
    for (const { kind, register, value } of steps) {
      const held = registers.has(register) ? registers.get(register) : initial;
      if (kind === 'read' && held !== value) return illegal;
      if (kind === 'write' && value === initial) registers.delete(register);
      else if (kind === 'write') registers.set(register, value);
    }
    return JSON.stringify([...registers].toSorted(([a], [b]) => (a < b ? -1 : 1)));
  },
  readOnly: ({ steps }) => steps.every(({ kind }) => kind === 'read'),
  nameCall: ({ steps }) =>
    JSON.stringify(steps.map(({ kind, register, value }) => [kind, register, value])),
  describeCall: ({ steps }, outcome) =>
    `txn ${steps.map(inWords).join(', ')}${outcomeSuffix(outcome)}`,
  describeState: (state) =>
    `{${registersOf(state)
      .map(([name, value]) => `${named(name)}: ${describeAtom(value)}`)
      .join(', ')}}`,
});

const registersOf = (state: string) => JSON.parse(state) as [string, Atom][];

function stepsOf({ input, output, outcome }: Operation): MicroCall[] {
  const asked = listOf(input, 'has');
  const answered = outcome === 'ok' ? listOf(output, 'is ok but has') : asked;
  if (answered.length !== asked.length)
    throw dataError(`a txn of ${asked.length} steps has ${answered.length} answers`);
  return asked.flatMap(([f, name, value], place): MicroCall[] => {
    const [answeredF, answeredName, seen] = answered[place]!;
    const register = JSON.stringify(atom(name));
    if (answeredF !== f || JSON.stringify(atom(answeredName)) !== register)
      throw dataError(`step ${place + 1} of a txn is answered as another one`);
    if ((f === 'w' || f === 'write') && value !== undefined)
      return [{ kind: 'write', register, value: atom(value) }];
    if (f === 'r' || f === 'read')
      return outcome === 'ok' ? [{ kind: 'read', register, value: atom(seen) }] : [];
    throw dataError(`step ${place + 1} of a txn is neither [r, key, …] nor [w, key, value]`);
  });
}

function listOf(value: unknown, has: string): readonly (readonly unknown[])[] {
  const isStep = (step: unknown) => Array.isArray(step) && step.length >= 2 && step.length <= 3;
  if (Array.isArray(value) && value.every(isStep)) return value as readonly unknown[][];
  throw dataError(`a txn ${has} no value that is a list of [f, key, value]`);
}

const inWords = ({ kind, register, value }: MicroCall): string =>
  `${kind === 'read' ? 'r' : 'w'} ${named(register)} ${describeAtom(value)}`;

const named = (register: string): string => describeAtom(JSON.parse(register) as Atom);
