import { describe, expect, test } from 'vitest';
import type { Operation } from '../../../src/core/history/operation.ts';
import { illegal } from '../model.ts';
import { kv } from './kv.ts';
import { modelNames, models } from './registry.ts';
import { casRegister, register } from './register.ts';

const operation = (fields: Partial<Operation>): Operation => ({
  invokeIndex: 0,
  completeIndex: 1,
  process: 0,
  f: 'read',
  key: undefined,
  input: null,
  output: undefined,
  outcome: 'ok',
  error: undefined,
  callNs: 0,
  returnNs: 1,
  ...fields,
});

/** An operation that each model refuses for want of what it read, and one for want of what it was to do. */
const incomplete: Record<(typeof modelNames)[number], readonly [string, string] | undefined> = {
  register: ['read', 'write'],
  'cas-register': ['read', 'write'],
  kv: ['get', 'put'],
  mutex: undefined,
  counter: ['read', 'add'],
  set: ['read', 'add'],
  queue: ['dequeue', 'enqueue'],
};

describe.each(modelNames)('the model %s', (name) => {
  const model = models[name]();
  const answer = name === 'set' ? [1] : 1;

  test('reads each of its functions', () => {
    for (const f of model.functions) {
      const input = f === 'cas' || f === 'compare-and-set' ? [1, 2] : 1;
      expect(() => model.call(operation({ f, input, output: answer }))).not.toThrow();
    }
  });

  test('refuses a function that it does not know', () => {
    expect(() => model.call(operation({ f: 'push' }))).toThrowError(/no function push/);
  });

  test('refuses a read that is ok and says no value, and a write of none', () => {
    if (incomplete[name] === undefined) return;
    const [read, write] = incomplete[name];
    expect(() => model.call(operation({ f: read }))).toThrowError(/no value/);
    expect(() => model.call(operation({ f: write, input: undefined }))).toThrowError(/no value/);
  });
});

describe('register', () => {
  test('holds null at first, or what it is told', () => {
    expect(register().initial).toBe(null);
    expect(casRegister({ initial: 0 }).initial).toBe(0);
  });

  test('takes a pair as a list or by names', () => {
    const model = casRegister();
    const listed = model.call(operation({ f: 'cas', input: [1, 2] }));
    const named = model.call(operation({ f: 'compare-and-set', input: { from: 1, to: 2 } }));
    expect(named).toEqual(listed);
    expect(model.step(1, listed)).toBe(2);
    expect(model.step(2, listed)).toBe(illegal);
  });

  test('calls only what never changes it read-only', () => {
    const model = casRegister();
    const isReadOnly = (fields: Partial<Operation>) =>
      model.readOnly!(model.call(operation(fields)));
    expect(isReadOnly({ output: 1 })).toBe(true);
    expect(isReadOnly({ f: 'cas', input: [1, 1] })).toBe(true);
    expect(isReadOnly({ f: 'cas', input: [1, 2] })).toBe(false);
    expect(isReadOnly({ f: 'write', input: 1 })).toBe(false);
  });
});

describe('kv', () => {
  const call = (f: string, value: unknown) =>
    kv().call(operation({ f, input: value, output: value }));

  test('joins appended texts and reads an absent key as the empty one', () => {
    const model = kv();
    const state = model.step(model.initial, call('append', 'x'));
    expect(model.step(state as string, call('append', 'y'))).toBe('xy');
    expect(model.step(model.initial, call('get', ''))).not.toBe(illegal);
    expect(model.step(model.initial, call('get', null))).not.toBe(illegal);
    expect(model.step('x', call('get', ''))).toBe(illegal);
  });

  test('keeps numbers and texts apart', () => {
    expect(kv().step(1, call('get', '1'))).toBe(illegal);
  });
});
