/** A model may be wrong about what makes it fast; a verdict may not. */
import { describe, expect, test } from 'vitest';
import { checkHistory } from '../check-history.ts';
import { linearizable } from './checker.ts';
import { historyFrom } from './histories.fixture.ts';
import { illegal } from './model.ts';
import type { Model } from './model.ts';
import type { OwnModel } from './own-model.ts';

interface Call {
  readonly write?: unknown;
  readonly read?: unknown;
}

/** A register, with the least that a model has to say. */
const plain: OwnModel<unknown, Call> = {
  name: 'plain',
  says: 'a value',
  functions: ['write', 'read'],
  initial: null,
  call: ({ f, input, output }) => (f === 'write' ? { write: input } : { read: output }),
  step(state, call) {
    if ('write' in call) return call.write;
    return call.read === state ? state : illegal;
  },
};

const right = ['0 invoke write 1', '0 ok write 1', '0 invoke read', '0 ok read 1'];
const wrong = [...right.slice(0, 3), '0 ok read 2'];
const judged = (model: OwnModel<unknown, Call>, lines: readonly string[], engine?: 'porcupine') =>
  checkHistory(linearizable(model, engine && { engine }), historyFrom(lines).entries);

test('a model that says no more than its step is judged by it, and shown as it is', async () => {
  expect((await judged(plain, right)).verdict).toEqual({ verdict: 'valid' });
  const { verdict, summary } = await judged(plain, wrong);
  expect(verdict).toEqual({ verdict: 'invalid', kind: 'safety' });
  expect(summary).toMatch(/^\{ read: 2 \} by process 0 \(entry 3\) cannot be explained/);
});

test('a model may be an object of a class', async () => {
  class Plain implements OwnModel<unknown, Call> {
    readonly name = 'class';
    readonly says = '';
    readonly functions = [];
    readonly initial = null;
    call = plain.call;
    step(state: unknown, call: Call) {
      return plain.step(state, call);
    }
    describeState() {
      return this.name;
    }
  }
  expect((await judged(new Plain(), right)).verdict).toEqual({ verdict: 'valid' });
  expect((await judged(new Plain(), wrong)).verdict.verdict).toBe('invalid');
});

describe('a model that is wrong about', () => {
  const disputed = { verdict: 'unknown', reason: 'disputed' };

  test('what it can reach makes the engines disagree: no violation is reported', async () => {
    const model = { ...plain, canReach: () => false };
    const open = ['1 invoke write 1', '0 invoke read', '0 ok read 1', '1 ok write 1'];
    const result = await judged(model, open);
    expect(result.verdict).toEqual(disputed);
    expect(result.findings).toMatchObject([
      { type: 'engines-disagree', kind: 'note', entries: [2] },
    ]);
    expect(result.summary).toBe(
      'the engine dsp finds no order at entry 2, and the engine porcupine finds one: one of them, or the model, is wrong',
    );
    expect((await judged(model, open, 'porcupine')).verdict).toEqual({ verdict: 'valid' });
    const brief = linearizable(model, { counterexamples: false });
    expect((await checkHistory(brief, historyFrom(open).entries)).verdict).toEqual(disputed);
  });

  test('what it can reach, where the reference finds no end, proves nothing', async () => {
    const text: OwnModel<string, { append?: string; get?: string }> = {
      name: 'text',
      says: 'a text that grows',
      functions: ['append', 'get'],
      initial: '',
      call: ({ f, input, output }) =>
        f === 'get' ? { get: output as string } : { append: input as string },
      step: (state, { append, get }) =>
        append === undefined ? (get === state ? state : illegal) : state + append,
      readOnly: ({ get }) => get !== undefined,
      canReach: (state, { get }) => get === undefined || get === state || state === '',
    };
    const letters = Array.from('abcdefghijkl');
    const appends = (type: string) => letters.map((each, at) => `${at} ${type} append "${each}"`);
    const answer = letters.toReversed().join('');
    const lines = [...appends('invoke'), ...appends('ok'), '0 invoke get', `0 ok get "${answer}"`];
    const budget = { timeMsMax: 60_000, memoryBytesMax: 2 ** 24 };
    const judgedBy = (model: typeof text) =>
      checkHistory(linearizable(model), historyFrom(lines).entries, budget);
    const { verdict, findings } = await judgedBy(text);
    expect(verdict).toEqual({ verdict: 'unknown', reason: 'budget' });
    expect(findings).toMatchObject([{ type: 'unproven', kind: 'note' }]);
    const honest = { ...text, canReach: (state: string, { get = state }) => get.startsWith(state) };
    expect((await judgedBy(honest)).verdict.verdict).toBe('valid');
  });

  test('it, on a key beside a violation that all see, hides nothing', async () => {
    const model = { ...plain, canReach: (_: unknown, { read }: Call) => read !== 1 };
    const open = ['1 invoke a:write 1', '2 invoke a:read', '2 ok a:read 1', '1 ok a:write 1'];
    const bad = ['0 invoke b:read', '0 ok b:read 2'];
    const { verdict, findings, figures } = await judged(model, [...open, ...bad]);
    expect(verdict).toEqual({ verdict: 'invalid', kind: 'safety' });
    expect(findings.map(({ type }) => type)).toEqual(['not-linearizable']);
    expect(figures).toMatchObject({ objectsNotLinearizable: 1 });
  });

  test('which calls are alike gives an order that is none: nothing is said', async () => {
    const nameCall = (call: Call) => ('write' in call ? undefined : 'read');
    const two = [...right, '0 invoke read', '0 ok read 2'];
    const result = await judged({ ...plain, nameCall }, two);
    expect(result.verdict).toEqual(disputed);
    expect(result.summary).toMatch(/^the engine dsp finds an order, and the model does not allow/);
    expect((await judged(plain, two)).verdict.verdict).toBe('invalid');
  });

  test('the effect of a call is told so', async () => {
    const effect = ({ read, write }: Call) => (read === undefined ? { leaves: write } : {});
    await expect(judged({ ...plain, effect }, wrong)).rejects.toThrowError(
      /^the model plain says that \{ read: 2 \} has the effect \{\}, and steps otherwise in the state null/,
    );
    const rightEffect: Model<unknown, Call>['effect'] = (call) =>
      'write' in call ? { leaves: call.write } : { needs: call.read };
    expect((await judged({ ...plain, effect: rightEffect }, right)).verdict.verdict).toBe('valid');
  });

  test('an effect in a state that it does not name leaves it undecided', async () => {
    const effect: Model<unknown, Call>['effect'] = (call) =>
      'write' in call ? { leaves: call.write } : { needs: call.read };
    const step: Model<unknown, Call>['step'] = (state, call) =>
      'write' in call && state === 9 ? state : plain.step(state, call);
    const sticky = { ...plain, effect, step };
    const lines = ['0 invoke write 9', '0 ok write 9', ...right];
    expect((await judged(sticky, lines)).verdict).toEqual(disputed);
    expect((await judged(sticky, right)).verdict.verdict).toBe('valid');
  });

  test('the forms of its functions is not listened to', async () => {
    const effect: Model<unknown, Call>['effect'] = (call) =>
      'write' in call ? { leaves: call.write } : { needs: call.read };
    const model = { ...plain, effect, forms: { read: 'write', write: 'write' } };
    const asking = [...right.slice(0, 2), '0 invoke read 2', '0 ok read 2'];
    expect((await judged(model, asking)).verdict.verdict).toBe('invalid');
  });

  test('a call that is read-only and leaves another value is told so', async () => {
    const effect: Model<unknown, Call>['effect'] = (call) =>
      'write' in call ? { leaves: call.write } : { needs: call.read };
    const lost = [...right.slice(0, 3), '0 ok read null'];
    await expect(judged({ ...plain, effect, readOnly: () => true }, lost)).rejects.toThrowError(
      'the model plain calls an operation read-only that is not',
    );
  });

  test('what is read-only is told so', async () => {
    for (const engine of ['dsp', 'porcupine'] as const)
      await expect(
        checkHistory(
          linearizable({ ...plain, readOnly: () => true }, { engine }),
          historyFrom(right).entries,
        ),
      ).rejects.toThrowError('the model plain calls an operation read-only that is not');
  });
});
