import { describe, expect, test } from 'vitest';
import type { DspError } from '../../src/core/errors.ts';
import { linearizable } from './checker.ts';
import { check, counterexampleOf, verdictOf } from './check.fixture.ts';
import type { Entry, History } from '../../src/core/history/entry.ts';
import { historyFrom, historyOf } from './histories.fixture.ts';
import { illegal } from './model.ts';
import type { Model } from './model.ts';
import { register } from './models/register.ts';
import type { RegisterCall } from './models/register.ts';
import type { Atom } from './models/values.ts';

const cas = linearizable('cas-register');

/** The error that a check ends in. */
const refusal = async (...args: Parameters<typeof check>): Promise<DspError> =>
  check(...args).then(
    () => expect.unreachable('the check was expected to be refused'),
    (thrown: unknown) => thrown as DspError,
  );

/** The same history with other fields in its entries. */
const changed = (history: History, change: (entry: Entry) => Partial<Entry>): History =>
  historyOf(history.entries.map((entry) => Object.assign({}, entry, change(entry))));

const failedWith = (error: string) => (entry: Entry) => (entry.type === 'fail' ? { error } : {});

const stale = [
  '0 invoke write 1',
  '0 ok write 1',
  '0 invoke write 2',
  '0 ok write 2',
  '1 invoke read',
  '1 ok read 1',
];

describe('what is a violation', () => {
  test('a read of an overwritten value is one', async () => {
    expect(await verdictOf(cas, historyFrom(stale))).toBe('invalid (safety)');
  });

  test('it is none while the overwriting is still going on', async () => {
    const meanwhile = [...stale.slice(0, 3), ...stale.slice(4), '0 ok write 2'];
    expect(await verdictOf(cas, historyFrom(meanwhile))).toBe('valid');
  });

  test('a read of a value that nobody wrote is one', async () => {
    expect(await verdictOf(cas, historyFrom(['0 invoke read', '0 ok read 7']))).toBe(
      'invalid (safety)',
    );
  });

  test('it is none when an unknown write may have written it, however late', async () => {
    const late = ['1 invoke write 7', '1 info write 7', ...stale.slice(0, 4)];
    expect(await verdictOf(cas, historyFrom([...late, '2 invoke read', '2 ok read 7']))).toBe(
      'valid',
    );
  });

  test('an unknown write happens once only', async () => {
    const twice = ['1 invoke write 7', '1 info write 7', '2 invoke read', '2 ok read 7'];
    const between = ['2 invoke write 8', '2 ok write 8', '2 invoke read', '2 ok read 7'];
    expect(await verdictOf(cas, historyFrom([...twice, ...between]))).toBe('invalid (safety)');
  });

  test('a failed write that is seen is one', async () => {
    const seen = ['0 invoke write 7', '0 fail write 7', '0 invoke read', '0 ok read 7'];
    expect(await verdictOf(cas, historyFrom(seen))).toBe('invalid (safety)');
  });

  test('an operation that was open when the history ended is unknown', async () => {
    const open = ['0 invoke write 7', '1 invoke read', '1 ok read 7'];
    expect(await verdictOf(cas, historyFrom(open))).toBe('valid');
  });

  test('the order of entries decides where time stamps are equal', async () => {
    const atOnce = changed(historyFrom(stale), () => ({ timeNs: 5 }));
    expect(await verdictOf(cas, atOnce)).toBe('invalid (safety)');
  });
});

describe('the reading of a failed compare-and-set', () => {
  const refused = ['0 invoke write 1', '0 ok write 1', '0 invoke cas [1,2]', '0 fail cas [1,2]'];
  const evidence = linearizable('cas-register', { failedIsEvidence: true });

  test('did not happen: it says nothing', async () => {
    expect(await verdictOf(cas, historyFrom(refused))).toBe('valid');
  });

  test('is evidence: the value must have been another', async () => {
    expect(await verdictOf(evidence, historyFrom(refused))).toBe('invalid (safety)');
  });

  test('is no evidence when the call never reached the register', async () => {
    const unsent = changed(historyFrom(refused), failedWith('not-connected'));
    expect(await verdictOf(evidence, unsent)).toBe('valid');
  });

  test('is evidence when the workload says that it saw another value', async () => {
    const said = changed(historyFrom(refused), failedWith('other value'));
    expect(await verdictOf(evidence, said)).toBe('invalid (safety)');
  });
});

describe('independent objects', () => {
  test('keys do not explain each other', async () => {
    const apart = ['0 invoke a:write 1', '0 ok a:write 1', '0 invoke b:read', '0 ok b:read 1'];
    expect(await verdictOf(cas, historyFrom(apart))).toBe('invalid (safety)');
    const together = apart.map((line) => line.replace('b:', 'a:'));
    expect(await verdictOf(cas, historyFrom(together))).toBe('valid');
  });

  test('the number 1 and the text 1 are two keys', async () => {
    const history = historyFrom([
      '0 invoke write 1',
      '0 ok write 1',
      '0 invoke read',
      '0 ok read 1',
    ]);
    const keyed = changed(history, ({ index }) => ({ key: index < 2 ? 1 : '1' }));
    expect(await verdictOf(cas, keyed)).toBe('invalid (safety)');
  });

  test('a key that looks like a key and a part of it is another object', async () => {
    const apart = ['0 invoke a:write 1', '0 ok a:write 1', '1 invoke x:read', '1 ok x:read 1'];
    const lookalike = changed(historyFrom(apart), ({ key }) =>
      key === 'x' ? { key: '["a","b"]' } : {},
    );
    const split: Model<Atom, RegisterCall> = {
      ...register(),
      partition: ({ key }) => (key === 'a' ? 'b' : undefined),
    };
    expect(await verdictOf(linearizable(split as Model), lookalike)).toBe('invalid (safety)');
  });

  test('a finding names the key', async () => {
    const keyed = stale.map((line) => line.replace(/(read|write)/, 'x9:$1'));
    const result = await check(cas, historyFrom(keyed));
    expect(result.findings[0]!.summary).toBe(
      'key x9: read → 1 by process 1 (entry 5) cannot be explained by any order: it contradicts write 1 by process 0 (entry 1), write 2 by process 0 (entry 3)',
    );
    expect(result.findings[0]!.entries).toEqual([4, 5, 0, 1, 2, 3]);
    expect(counterexampleOf(result).key).toBe('x9');
    const brief = linearizable('cas-register', { counterexamples: false });
    expect((await check(brief, historyFrom(keyed))).findings).toEqual([
      {
        type: 'not-linearizable',
        kind: 'safety',
        summary:
          'key x9: read → 1 by process 1 (entry 5) cannot be explained by any order of what had begun by then',
        entries: [4, 5],
      },
    ]);
  });
});

describe('vacuity', () => {
  test('a history without any success is vacuous', async () => {
    const nothing = ['0 invoke write 1', '0 info write 1', '1 invoke read', '1 fail read'];
    expect(await verdictOf(cas, historyFrom(nothing))).toBe('unknown (vacuous)');
    expect(await verdictOf(cas, historyFrom([]))).toBe('unknown (vacuous)');
  });

  test('one success is not', async () => {
    expect(await verdictOf(cas, historyFrom(stale.slice(0, 2)))).toBe('valid');
  });
});

describe('histories that cannot be judged', () => {
  test('a function that the model does not know is named with its entry', async () => {
    const error = await refusal(
      linearizable('register'),
      historyFrom([...stale, '3 invoke cas [1,2]']),
    );
    expect(error).toMatchObject({
      code: 'data',
      message: 'entry 6: the model register has no function cas',
    });
    expect(error.hint).toContain('read, write');
  });

  test('a compare-and-set without its pair is named', async () => {
    const error = await refusal(cas, historyFrom([...stale, '3 invoke cas 5']));
    expect(error).toMatchObject({ code: 'data' });
    expect(error.message).toMatch(/^entry 6: a cas has the value 5/);
  });

  test('a completion without an invocation is named', async () => {
    const error = await refusal(cas, historyFrom([...stale, '9 ok read 1']));
    expect(error).toMatchObject({
      code: 'data',
      message: 'entry 6: process 9 completes an operation that it did not invoke',
    });
  });

  test('entries whose indexes do not grow say no order, and are refused', async () => {
    const history = changed(historyFrom(stale), ({ index }) => ({
      index: index === 3 ? 2 : index,
    }));
    expect(await refusal(cas, history)).toMatchObject({
      code: 'data',
      message: 'entry 2: indexes of entries must be whole numbers that grow',
    });
  });

  test('a model that is not known is a usage error with the nearest one', () => {
    expect(() => linearizable('cas-registr' as 'kv')).toThrowError(/no model cas-registr/);
  });
});

test('an initial value is for registers, and no model ignores it', async () => {
  const seen = historyFrom(['0 invoke read', '0 ok read 7']);
  expect(await verdictOf(linearizable('register', { initial: 7 }), seen)).toBe('valid');
  expect(await verdictOf(linearizable('register', { initial: 8 }), seen)).toBe('invalid (safety)');
  for (const model of ['kv', 'mutex', 'counter', 'set', 'queue'] as const)
    expect(() => linearizable(model, { initial: 7 })).toThrowError(
      `the model ${model} has no initial value to choose`,
    );
});

describe('a model of one’s own', () => {
  /** A set that may be added to and read whole; states are arrays. */
  const grownSet: Model<readonly number[], { add?: number; seen?: readonly number[] }> = {
    name: 'grown-set',
    says: 'a set that only grows',
    functions: ['add', 'read'],
    initial: [],
    call: ({ f, input, output }) =>
      f === 'add' ? { add: input as number } : { seen: output as readonly number[] },
    step(state, { add, seen }) {
      if (add !== undefined) return [...state, add].toSorted((a, b) => a - b);
      return String(seen) === String(state) ? state : illegal;
    },
    readOnly: ({ add }) => add === undefined,
    partition: ({ f, input }) => (f === 'add' && input === 99 ? 'other' : 'this'),
    equal: (a, b) => String(a) === String(b),
    hash: (state) => state.length,
    describeCall: ({ add, seen }) => (add === undefined ? `read → ${String(seen)}` : `add ${add}`),
    describeState: String,
  };
  const grown = ['0 invoke add 2', '1 invoke add 1', '0 ok add 2', '1 ok add 1', '0 invoke read'];

  test('is judged with its own equality', async () => {
    const good = historyFrom([...grown, '0 ok read [1,2]']);
    expect(await verdictOf(linearizable(grownSet), good)).toBe('valid');
    const bad = historyFrom([...grown, '0 ok read [1]']);
    const result = await check(linearizable(grownSet), bad);
    expect(result.verdict).toEqual({ verdict: 'invalid', kind: 'safety' });
    expect(counterexampleOf(result).operations.map(({ says }) => says)).toContain('read → 1');
  });

  test('splits its objects itself', async () => {
    const apart = historyFrom(['5 invoke add 99', '5 ok add 99', ...grown, '0 ok read [1,2]']);
    expect(await verdictOf(linearizable(grownSet), apart)).toBe('valid');
  });

  test('cannot be written down, while a named one can', () => {
    expect(linearizable(grownSet).spec).toBeUndefined();
    expect(linearizable('kv').spec).toEqual({ checker: 'linearizable', options: { model: 'kv' } });
  });

  test('that calls a changing operation read-only is found out', async () => {
    const liar: Model = { ...(grownSet as Model), readOnly: () => true };
    await expect(
      check(linearizable(liar), historyFrom([...grown, '0 ok read [1,2]'])),
    ).rejects.toThrowError(/calls an operation read-only that is not/);
  });
});

test('what was judged and found good is said in one sentence', async () => {
  const keyed = ['0 invoke a:write 1', '0 ok a:write 1', '1 invoke b:read', '1 ok b:read null'];
  const said = async (lines: readonly string[]) => (await check(cas, historyFrom(lines))).summary;
  expect(await said(keyed)).toBe('2 operations on 2 keys are linearizable');
  expect(await said(['0 invoke write 1', '0 ok write 1'])).toBe('1 operation is linearizable');
});
