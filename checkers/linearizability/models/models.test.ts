import { describe, expect, test } from 'vitest';
import type { Operation } from '../../../src/core/history/operation.ts';
import { illegal } from '../model.ts';
import type { Effect, Model } from '../model.ts';
import { counter } from './counter.ts';
import { kv } from './kv.ts';
import { modelNames, models } from './registry.ts';
import { multiRegister } from './multi-register.ts';
import { casRegister, register } from './register.ts';
import type { Atom } from './values.ts';

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
  'multi-register': ['txn', 'txn'],
  mutex: undefined,
  counter: ['read', 'add'],
  set: ['read', 'add'],
  queue: ['dequeue', 'enqueue'],
};

const inputs: Record<string, unknown> = {
  cas: [1, 2],
  'compare-and-set': [1, 2],
  txn: [['r', 'x', null]],
};
const answers: Record<string, unknown> = { txn: [['r', 'x', 1]] };

describe.each(modelNames)('the model %s', (name) => {
  const model = models[name]();
  const answer = name === 'set' ? [1] : 1;

  test('reads each of its functions', () => {
    for (const f of model.functions) {
      const input = inputs[f] ?? 1;
      expect(() => model.call(operation({ f, input, output: answers[f] ?? answer }))).not.toThrow();
    }
  });

  test('refuses a function that it does not know', () => {
    expect(() => model.call(operation({ f: 'push' }))).toThrowError(/no function push/);
  });

  test('refuses a read that is ok and says no value, and a write of none', () => {
    if (incomplete[name] === undefined) return;
    const [read, write] = incomplete[name];
    const asked = operation({ f: read, input: inputs[read] ?? null });
    expect(() => model.call(asked)).toThrowError(/no value/);
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

test('a kv joins what was put, whatever texts it is made of', () => {
  const model = kv();
  const put = model.step('', model.call(operation({ f: 'put', input: '\u0000a' })));
  const appended = model.step(put as Atom, model.call(operation({ f: 'append', input: 'b' })));
  const get = model.call(operation({ f: 'get', output: '\u0000ab' }));
  expect(model.canReach!(put as Atom, get)).toBe(true);
  expect(model.step(appended as Atom, get)).not.toBe(illegal);
});

test('a counter adds exactly, beyond what numbers hold', () => {
  const model = counter();
  const add = (input: unknown) => model.call(operation({ f: 'add', input }));
  const sum = [Number.MAX_SAFE_INTEGER, 2, -2].reduce(
    (state, input) => model.step(state, add(input)) as bigint,
    model.initial,
  );
  const read = model.call(operation({ f: 'read', output: Number.MAX_SAFE_INTEGER }));
  expect(model.step(sum, read)).not.toBe(illegal);
});

test.each(['register', 'cas-register', 'kv', 'mutex'] as const)(
  'what a call of a %s says of its effect is what it does',
  (name) => {
    const model = models[name]() as Model;
    const values = [null, '', 1, '1', 2, true, 'x'];
    const states = name === 'mutex' ? [true, false] : values;
    for (const f of model.functions)
      for (const outcome of ['ok', 'fail', 'info'] as const)
        for (const value of values) {
          const input = f === 'cas' || f === 'compare-and-set' ? [value, 2] : value;
          const asked = operation({ f, input, output: value, outcome });
          const call = outcome === 'fail' ? model.refusal?.(asked) : model.call(asked);
          const effect = call === undefined ? undefined : model.effect!(call);
          if (effect === undefined) continue;
          for (const state of states)
            expect(model.step(state, call), `${f} in ${String(state)}`).toBe(
              after(state, effect, model.readOnly?.(call) ?? false),
            );
        }
  },
);

/** The state after a call of this effect. */
function after(state: unknown, effect: Effect<unknown>, isReadOnly: boolean): unknown {
  if ('needs' in effect && effect.needs !== state) return illegal;
  if ('forbids' in effect && effect.forbids === state) return illegal;
  return 'leaves' in effect && !isReadOnly ? effect.leaves : state;
}

describe('multi-register', () => {
  const model = multiRegister();
  const txn = (input: unknown, output: unknown = input) =>
    model.call(operation({ f: 'txn', input, output }));
  const after = (...calls: unknown[]) =>
    calls.reduce((state, call) => model.step(state as string, call as never), model.initial);

  test('a transaction sees its own writes, and all of it happens or nothing', () => {
    const own = txn(
      [
        ['w', 'x', 1],
        ['r', 'x', null],
      ],
      [
        ['w', 'x', 1],
        ['r', 'x', 1],
      ],
    );
    expect(after(own)).not.toBe(illegal);
    const early = txn(
      [
        ['r', 'x', null],
        ['w', 'x', 1],
      ],
      [
        ['r', 'x', 1],
        ['w', 'x', 1],
      ],
    );
    expect(after(early)).toBe(illegal);
  });

  test('registers are told apart by more than their text, and by any text', () => {
    const write = txn([['w', '__proto__', 1]]);
    const read = (name: unknown, value: unknown) =>
      txn([['read', name, null]], [['read', name, value]]);
    expect(after(write, read('__proto__', 1))).not.toBe(illegal);
    expect(after(write, read('constructor', null))).not.toBe(illegal);
    expect(after(txn([['w', 1, 5]]), read('1', 5))).toBe(illegal);
  });

  test('a register that is written back to what it was is as at first', () => {
    const held = multiRegister({ initial: 0 });
    const write = (value: unknown) =>
      held.call(operation({ f: 'txn', input: [['w', 'x', value]], output: [['w', 'x', value]] }));
    const wasNull = held.step(held.initial, write(null)) as string;
    expect(wasNull).not.toBe(held.initial);
    expect(held.step(wasNull, write(0))).toBe(held.initial);
    expect(held.describeState(wasNull)).toBe('{"x": null}');
  });

  test('an unknown one writes, and says nothing of what it read', () => {
    const unknown = (input: unknown) =>
      model.call(operation({ f: 'txn', input, output: undefined, outcome: 'info' }));
    expect(model.readOnly!(unknown([['r', 'x', null]]))).toBe(true);
    expect(
      after(
        unknown([
          ['r', 'x', null],
          ['w', 'y', 2],
        ]),
      ),
    ).toBe('[["\\"y\\"",2]]');
  });

  test.each([
    ['an answer to another step', [['r', 'x', null]], [['r', 'y', 1]], /step 1 .* as another one/],
    ['an answer too few', [['r', 'x', null]], [], /of 1 steps has 0 answers/],
    ['a step that is no step', [['cas', 'x', 1]], [['cas', 'x', 1]], /neither \[r, key/],
    ['a write of nothing', [['w', 'x']], [['w', 'x']], /neither/],
  ])('%s is refused', (_, input, output, message) => {
    expect(() => txn(input, output)).toThrowError(message);
  });
});

/** All calls of small values, for models that say what is out of reach. */
const callsOf: Record<string, readonly Partial<Operation>[]> = {
  kv: [
    ...['get', 'put', 'append'].flatMap((f) =>
      ['', 'x', 'xy', 'y'].map((value) => ({ f, input: value, output: value })),
    ),
    ...['x', 'xy', 'y'].map((to) => ({ f: 'compare-and-set', input: ['y', to] })),
  ],
  set: [
    ...[1, 2].flatMap((input) => ['add', 'remove'].map((f) => ({ f, input }))),
    ...[[], [1], [2], [1, 2]].map((output) => ({ f: 'read', output })),
  ],
  queue: [
    ...[1, 2].map((input) => ({ f: 'enqueue', input })),
    ...[1, 2, null].map((output) => ({ f: 'dequeue', output })),
    { f: 'dequeue', outcome: 'info' },
  ],
};

test.each(Object.keys(callsOf))(
  'what a %s calls out of reach, nothing but resets brings',
  (name) => {
    const model = models[name as 'kv']() as Model;
    const calls = callsOf[name]!.map((fields) => model.call(operation(fields)));
    /** All states that some of these calls make of a state, one after the other. */
    const madeOf = (state: unknown, some: readonly unknown[], depth: number): unknown[] => [
      state,
      ...(depth === 0 ? [] : some).flatMap((call) => {
        const next = model.step(state, call);
        return next === illegal ? [] : madeOf(next, some, depth - 1);
      }),
    ];
    let outOfReach = 0;
    for (const state of new Set(madeOf(model.initial, calls, 3))) {
      for (const call of calls.filter((each) => !model.canReach!(state, each))) {
        const others = calls.filter((each) => !model.resets!(each, state, call));
        const states = new Set(madeOf(state, others, 4));
        outOfReach++;
        expect([...states].every((each) => model.step(each, call) === illegal)).toBe(true);
      }
    }
    expect(outOfReach).toBeGreaterThan(5);
  },
);

test('a call that a kv says is on no way to an answer is on none without a reset', () => {
  const model = models.kv() as Model;
  const calls = [...callsOf['kv']!, { f: 'append', input: 'yx' }].map((fields) =>
    model.call(operation(fields)),
  );
  calls.push(
    model.refusal!(operation({ f: 'compare-and-set', input: ['x', 'y'], outcome: 'fail' })),
  );
  const after = (states: readonly unknown[], call: unknown) =>
    states.map((state) => model.step(state, call)).filter((state) => state !== illegal);
  const reached = (
    states: readonly unknown[],
    some: readonly unknown[],
    depth: number,
  ): unknown[] =>
    depth === 0
      ? [...states]
      : [...states, ...some.flatMap((call) => reached(after(states, call), some, depth - 1))];
  let onNoWay = 0;
  for (const state of ['', 'x', 'xy', 'y'])
    for (const asked of calls)
      for (const call of calls) {
        if (model.leadsTo!(call, state, asked)) continue;
        const others = calls.filter((each) => !model.resets!(each, state, asked));
        if (!others.includes(call)) continue;
        onNoWay++;
        const states = reached(after(reached([state], others, 2), call), others, 2);
        expect([...new Set(states)].every((each) => model.step(each, asked) === illegal)).toBe(
          true,
        );
      }
  expect(onNoWay).toBeGreaterThan(50);
});
