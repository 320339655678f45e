/** Every engine gives the answer of the brute-force oracle: on all small histories, and on random ones. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { History } from '../../src/core/history/entry.ts';
import type { Outcome } from './engine.ts';
import { engineNames, engines } from './engines.ts';
import type { EngineName } from './engines.ts';
import { allHistories, historyFromTape, operationsOf, tapes } from './histories.fixture.ts';
import type { Kind, TapeOptions } from './histories.fixture.ts';
import type { Family } from './objects.fixture.ts';
import { models } from './models/registry.ts';
import { explicable, kvRules, registerRules } from './oracle.fixture.ts';
import { candidatesOf, problemOf } from './problem.ts';
import { isWitness } from './witness.fixture.ts';

const limits = { stepsMax: 1e7, memoryBytesMax: 2 ** 30, deadlineMs: Number.POSITIVE_INFINITY };

const rulesOf = (family: Family) => (family === 'kv' ? kvRules : registerRules);

/** The outcome, with its witness checked. */
function decide(
  engine: EngineName,
  family: Family,
  history: History,
  failedIsEvidence: boolean,
): Outcome['kind'] {
  const model = models[family]();
  const problem = problemOf(model, candidatesOf(model, operationsOf(history), failedIsEvidence));
  const outcome = engines[engine](problem, limits);
  if (outcome.kind === 'linearizable') expect(isWitness(problem, outcome.order)).toBe(true);
  return outcome.kind;
}

const expected = (family: Family, history: History, failedIsEvidence: boolean): Outcome['kind'] =>
  explicable(rulesOf(family), operationsOf(history), failedIsEvidence)
    ? 'linearizable'
    : 'not-linearizable';

/** What both said, for histories on which they differ; an empty list is agreement. */
function differences(
  family: Family,
  histories: Iterable<History>,
  readings: readonly boolean[],
): { found: unknown[]; counts: Record<string, number> } {
  const found: unknown[] = [];
  const counts: Record<string, number> = {};
  for (const history of histories) {
    for (const reading of readings) {
      const right = expected(family, history, reading);
      counts[right] = (counts[right] ?? 0) + 1;
      for (const engine of engineNames)
        if (decide(engine, family, history, reading) !== right)
          found.push({ engine, reading, right, history });
    }
  }
  return { found, counts };
}

const ok = (f: string, value: unknown): Kind => ({ f, value, type: 'ok' });
const info = (f: string, value: unknown): Kind => ({ f, value, type: 'info' });
const failed = (f: string, value: unknown): Kind => ({ f, value, type: 'fail' });

const reads = [ok('read', null), ok('read', 1), ok('read', 2)];
const writes = [ok('write', 1), ok('write', 2), info('write', 1), info('write', 2)];
const sets = [ok('cas', [1, 2]), ok('cas', [2, 1]), ok('cas', [1, 1]), info('cas', [1, 2])];

const small: readonly [string, Family, readonly Kind[], number][] = [
  ['register, 4 operations', 'register', [...reads.slice(1), ...writes.slice(0, 3)], 4],
  [
    'cas-register, 3 operations',
    'cas-register',
    [...reads, info('read', null), ...writes, ...sets, failed('cas', [1, 2]), failed('write', 1)],
    3,
  ],
  [
    'cas-register, 4 operations',
    'cas-register',
    [reads[2]!, writes[0]!, writes[3]!, sets[0]!, sets[3]!, failed('cas', [2, 1])],
    4,
  ],
  [
    'kv, 3 operations',
    'kv',
    [
      ...['', 'x', 'xy', 'yx', 'y'].map((value) => ok('get', value)),
      ok('put', 'x'),
      ok('append', 'x'),
      ok('append', 'y'),
      info('put', 'x'),
      info('append', 'y'),
      info('get', null),
      failed('append', 'x'),
    ],
    3,
  ],
  [
    'kv, 4 operations',
    'kv',
    [
      ...['x', 'xy'].map((value) => ok('get', value)),
      ok('put', 'x'),
      ok('append', 'y'),
      info('put', 'x'),
      ok('compare-and-set', ['xy', 'x']),
    ],
    4,
  ],
];

describe('every small history', () => {
  test.each(small)('%s', (_, family, kinds, count) => {
    const readings = family === 'cas-register' ? [false, true] : [false];
    const { found, counts } = differences(family, allHistories(kinds, count), readings);
    expect(found.slice(0, 1)).toEqual([]);
    expect(counts['linearizable']).toBeGreaterThan(1000);
    expect(counts['not-linearizable']).toBeGreaterThan(1000);
  });
});

const random: readonly [string, Family, TapeOptions][] = [
  ['register, few values', 'register', { operationsMax: 9, processes: 4, lieEvery: 6, values: 2 }],
  [
    'cas-register, few values',
    'cas-register',
    { operationsMax: 9, processes: 4, lieEvery: 6, values: 3 },
  ],
  [
    'cas-register, many values',
    'cas-register',
    { operationsMax: 8, processes: 3, lieEvery: 4, values: 8 },
  ],
  ['kv', 'kv', { operationsMax: 8, processes: 3, lieEvery: 5, values: 2 }],
];

describe('random histories', () => {
  test.each(random)('%s', (_, family, options) => {
    fc.assert(
      fc.property(tapes(60), fc.boolean(), (tape, reading) => {
        const history = historyFromTape(family, tape, options);
        const right = expected(family, history, reading);
        for (const engine of engineNames)
          expect(decide(engine, family, history, reading), engine).toBe(right);
      }),
      { numRuns: 4000 },
    );
  });
});
