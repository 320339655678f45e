/** What is read by the form of a function is what its call and its effect say. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { columnsOfEntries } from '../../../src/core/history/entry-columns.ts';
import type { Entry } from '../../../src/core/history/entry.ts';
import type { Model } from '../model.ts';
import { kv } from '../models/kv.ts';
import { casRegister, register } from '../models/register.ts';
import { tableOf } from './make-table.ts';

const endless = { tick() {}, takeMemory() {} };

const value = fc.oneof(
  fc.constantFrom(0, 1, 2, -1, 0.5, -0, 2 ** 40, Number.NaN, Number.POSITIVE_INFINITY),
  fc.constantFrom('', '1', 'a', '\u0000a', '\u0000'),
  fc.constantFrom(null, true, false, undefined, [1], { a: 1 }),
);
const pair = fc.oneof(
  fc.array(value, { minLength: 2, maxLength: 2 }),
  fc.record({ from: value, to: value }),
);
const f = fc.constantFrom('read', 'write', 'get', 'put', 'cas', 'compare-and-set', 'toString');
const operation = fc.record({
  process: fc.nat({ max: 2 }),
  key: fc.constantFrom(undefined, 0, 'a'),
  f,
  asked: fc.oneof(value, pair),
  answer: fc.oneof(value, pair),
  type: fc.constantFrom('ok', 'fail', 'info', 'open'),
  error: fc.constantFrom(undefined, 'other-value', 'timeout'),
});
type Said = typeof operation extends fc.Arbitrary<infer T> ? T : never;

/** One process at a time, unless its operation stays open. */
function historyOf(operations: readonly Said[]): Entry[] {
  const entries: Entry[] = [];
  for (const [number, { process, key, f, asked, answer, type, error }] of operations.entries()) {
    const client = type === 'open' ? 10 + number : process;
    const common = { process: client, f, ...(key === undefined ? {} : { key }) };
    const add = (rest: Pick<Entry, 'type' | 'value' | 'error'>) =>
      entries.push({ index: entries.length, timeNs: 0, ...common, ...rest });
    add({ type: 'invoke', value: asked });
    if (type === 'open') continue;
    add({ type, value: answer, ...(error === undefined ? {} : { error }) });
  }
  return entries;
}

const models: Record<string, Model> = {
  register: register(),
  'register from 1': register({ initial: 1 }),
  'cas-register': casRegister(),
  kv: kv(),
};

describe.each(Object.keys(models))('%s', (name) => {
  const { forms, ...others } = models[name]!;

  test.each([true, false])('with and without its forms, evidence %s', (evidence) => {
    let read = 0;
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 6 }), (operations) => {
        const entries = columnsOfEntries(historyOf(operations))!;
        const quick = tableOf(entries, models[name]!, evidence, endless);
        expect(quick).toEqual(tableOf(entries, others, evidence, endless));
        if (quick !== undefined && quick.count > 0) read++;
      }),
      { numRuns: 3000 },
    );
    expect(read).toBeGreaterThan(100);
  });

  test('knows the functions of which it has forms', () => {
    expect(Object.keys(forms!).filter((each) => !others.functions.includes(each))).toEqual(
      name.startsWith('register') ? ['compare-and-set', 'cas'] : [],
    );
  });
});
