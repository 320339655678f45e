/** Time and memory are bounded from inside the search, and what was found within them is said. */
import { describe, expect, test } from 'vitest';
import type { Entry, History } from '../../src/core/history/entry.ts';
import { linearizable } from './checker.ts';
import { check } from './check.fixture.ts';
import { historyOf } from './histories.fixture.ts';

const kv = linearizable('kv');
const generous = { timeMsMax: 60_000, memoryBytesMax: 2 ** 31 };

/**
 * Appends of 2, 4, 6, … letters, all at once, and a read of one letter more than they are together: whatever some of them
 * make is a beginning of what was read, so every set of them must be tried.
 */
function adversarial(clients: number, key = 'hard', firstProcess = 0): Unplaced[] {
  const processes = Array.from({ length: clients }, (_, i) => firstProcess + i);
  const append = (process: number, type: 'invoke' | 'ok'): Unplaced => ({
    process,
    type,
    f: 'append',
    key,
    value: 'a'.repeat(2 * (process - firstProcess + 1)),
  });
  const read = { process: firstProcess, f: 'get', key };
  return [
    ...processes.map((process) => append(process, 'invoke')),
    ...processes.map((process) => append(process, 'ok')),
    { ...read, type: 'invoke', value: null },
    { ...read, type: 'ok', value: 'a'.repeat(clients * (clients + 1) + 1) },
  ];
}

type Unplaced = Omit<Entry, 'index' | 'timeNs'>;

const placed = (entry: Unplaced, index: number): Entry => ({ ...entry, index, timeNs: index });

const numbered = (entries: readonly Unplaced[]): History => historyOf(entries.map(placed));

describe('an adversarial history', () => {
  test('is decided when it is small', async () => {
    const { verdict } = await check(kv, numbered(adversarial(6)), generous);
    expect(verdict).toEqual({ verdict: 'invalid', kind: 'safety' });
  });

  test('is unknown once the time is over, with how far it got', async () => {
    const result = await check(kv, numbered(adversarial(30)), { ...generous, timeMsMax: 100 });
    expect(result.verdict).toEqual({ verdict: 'unknown', reason: 'budget' });
    expect(result.summary).toBe(
      'the time budget ended with 1 of 1 key undecided; on key hard, the search placed 30 of 31 operations at most',
    );
    expect(result.figures).toMatchObject({ operationsRequired: 31, operationsLinearized: 30 });
  });

  test('is unknown once the memory is full', async () => {
    const budget = { ...generous, memoryBytesMax: 2 ** 22 };
    const result = await check(kv, numbered(adversarial(30)), budget);
    expect(result.verdict).toEqual({ verdict: 'unknown', reason: 'budget' });
    expect(result.summary).toMatch(/^the memory budget ended/);
  });

  test('keeps to the memory that it was given', async () => {
    const before = process.memoryUsage().arrayBuffers;
    const budget = { ...generous, memoryBytesMax: 2 ** 24 };
    await check(kv, numbered(adversarial(30)), budget);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1.2 * budget.memoryBytesMax);
  });

  test('hides no violation of another key', async () => {
    const history = numbered([...adversarial(30), ...adversarial(2, 'easy', 100)]);
    const result = await check(kv, history, { ...generous, timeMsMax: 2000 });
    expect(result.verdict).toEqual({ verdict: 'invalid', kind: 'safety' });
    expect(result.findings.map(({ summary }) => summary)).toEqual([
      expect.stringMatching(/^key easy: get → "aaaaaaa"/),
    ]);
  });
});

/** The orders of these are as many, and a later answer leaves only one. */
test('what is answered later decides at once in which order appends took effect', async () => {
  const letters = Array.from({ length: 26 }, (_, i) => String.fromCodePoint(97 + i));
  const appends = (type: 'invoke' | 'ok') =>
    letters.map((value, process) => ({ process, type, f: 'append', value }));
  const read = (value: string | null) => ({
    process: 0,
    type: value === null ? ('invoke' as const) : ('ok' as const),
    f: 'get',
    value,
  });
  const answered = (answer: string) =>
    check(kv, numbered([...appends('invoke'), ...appends('ok'), read(null), read(answer)]));
  const backwards = letters.toReversed();
  const { verdict, figures } = await answered(backwards.join(''));
  expect(verdict.verdict).toBe('valid');
  expect(figures!['searchSteps']).toBeLessThan(26 * 26);
  const twice = [...backwards.slice(0, -1), 'z'].join('');
  const other = await answered(twice);
  expect(other.verdict.verdict).toBe('invalid');
  expect(other.figures!['searchSteps']).toBeLessThan(26 * 26);
});

/** However many answers come before its own. */
test('a get that waits for what is out of reach decides at once', async () => {
  const clients = 8;
  const reader = { process: clients, f: 'get' };
  const waiting = { process: clients + 1, f: 'get' };
  const answer = 'a'.repeat(clients * (clients + 1) + 1);
  const reads = Array.from({ length: 100 }, () => [
    { ...reader, type: 'invoke' as const, value: null },
    { ...reader, type: 'ok' as const, value: answer },
  ]);
  const history = numbered([
    { ...waiting, type: 'invoke', value: null },
    ...adversarial(clients).map(({ process, type, f, value }) => ({ process, type, f, value })),
    ...reads.flat(),
    { ...waiting, type: 'ok', value: 'b' },
  ]);
  const { verdict, figures } = await check(kv, history, { ...generous, memoryBytesMax: 2 ** 24 });
  expect(verdict.verdict).toBe('invalid');
  expect(figures!['searchSteps']).toBeLessThan(20);
});

test('an append that nobody reads after a put is tried before it as soon as the put is', async () => {
  const letters = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
  const entry = (process: number, type: 'invoke' | 'ok', f: string, value: string | null) => {
    return { process, type, f, value };
  };
  const appends = (type: 'invoke' | 'ok') => [
    ...letters.map((letter, process) => entry(process, type, 'append', letter)),
    entry(8, type, 'append', 'unread'),
  ];
  const { verdict, figures } = await check(
    kv,
    numbered([
      ...appends('invoke'),
      entry(9, 'invoke', 'put', 'put'),
      entry(9, 'ok', 'put', 'put'),
      entry(9, 'invoke', 'get', null),
      entry(9, 'ok', 'get', 'put'),
      ...appends('ok'),
      entry(9, 'invoke', 'get', null),
      entry(9, 'ok', 'get', 'putabcdefgh'),
    ]),
  );
  expect(verdict.verdict).toBe('valid');
  expect(figures!['searchSteps']).toBeLessThan(20);
});

describe('a budget that is too small to read the history', () => {
  const writes = Array.from({ length: 1000 }, (_, process) => ({
    process,
    type: 'invoke' as const,
    f: 'write',
    value: 1,
  }));

  test.each(['dsp', 'porcupine'] as const)('ends in unknown, by the engine %s', async (engine) => {
    for (const model of ['kv', 'cas-register'] as const) {
      const small = { ...generous, memoryBytesMax: 1000 };
      const result = await check(linearizable(model, { engine }), numbered(writes), small);
      expect(result.verdict).toEqual({ verdict: 'unknown', reason: 'budget' });
      expect(result.summary).toBe(
        'the budget of time or memory ended while the 1000 entries were read',
      );
    }
  });
});

/** Adds of different elements, all at once, and a read of more than there are. */
test('many different calls are within the memory that was given', async () => {
  const clients = Array.from({ length: 400 }, (_, process) => process);
  const history = numbered([
    ...clients.map((process) => ({ process, type: 'invoke' as const, f: 'add', value: process })),
    ...clients.map((process) => ({ process, type: 'ok' as const, f: 'add', value: process })),
    { process: 0, type: 'invoke', f: 'read', value: null },
    { process: 0, type: 'ok', f: 'read', value: [...clients, 400] },
  ]);
  const budget = { ...generous, memoryBytesMax: 2 ** 24 };
  const before = process.memoryUsage().arrayBuffers;
  const { verdict, summary } = await check(linearizable('set'), history, budget);
  expect(verdict).toEqual({ verdict: 'unknown', reason: 'budget' });
  expect(summary).toMatch(
    /^the memory budget ended before a verdict; the search placed \d+ of 401/,
  );
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1.5 * budget.memoryBytesMax);
});
