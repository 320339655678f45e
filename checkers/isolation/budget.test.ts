/** A spent budget is never taken for a verdict, whichever checker, whatever it was doing. */
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../src/core/random.ts';
import { describeVerdict } from '../../src/core/verdict.ts';
import { check } from '../linearizability/check.fixture.ts';
import { historyOf as entriesOf } from '../linearizability/histories.fixture.ts';
import { makeChecker } from '../registry.ts';
import { simulate } from './database.fixture.ts';
import type { DatabaseOptions, Isolation } from './database.fixture.ts';

const size = { transactions: 600, clients: 6, keys: 3, mopsMax: 4, unknownPercent: 2 };
const historyOf = (
  shape: 'list' | 'register',
  isolation: Isolation,
  more?: Partial<DatabaseOptions>,
) => simulate({ ...size, ...more, shape, isolation }, seededRandom(`budget ${shape} ${isolation}`));

const cases = [
  ['list-append', {}, historyOf('list', 'strict-serializable')],
  ['list-append', {}, historyOf('list', 'snapshot-isolation')],
  ['list-append', { consistency: 'snapshot-isolation' }, historyOf('list', 'snapshot-isolation')],
  [
    'rw-register',
    { keys: 'wfr' },
    historyOf('register', 'strict-serializable', { readsFirst: true }),
  ],
  ['rw-register', { keys: 'linearizable' }, historyOf('register', 'read-committed')],
  ['rw-register', {}, historyOf('register', 'strict-serializable')],
  ['weak-isolation', {}, historyOf('register', 'strict-serializable')],
  ['weak-isolation', {}, historyOf('register', 'read-committed')],
] as const;

const generous = { timeMsMax: 600_000, memoryBytesMax: 2 ** 32 };

test('keys take memory, of which nothing was read and nothing is known', async () => {
  const mops = Array.from({ length: 20_000 }, (_, key) => ['r', key, []]);
  const entry = { index: 0, timeNs: 0, process: 0, f: 'txn', value: mops };
  const history = entriesOf([
    { ...entry, type: 'invoke' },
    { ...entry, type: 'ok', index: 1 },
  ]);
  const checker = makeChecker({ checker: 'list-append' });
  const little = { ...generous, memoryBytesMax: 2 ** 21 };
  expect((await check(checker, history, little)).verdict).toMatchObject({ reason: 'budget' });
  expect((await check(checker, history, generous)).verdict).toEqual({ verdict: 'valid' });
});

describe.each(cases)('%s %j', (name, options, history) => {
  const checker = makeChecker({ checker: name, options });

  test('of memory: it is unknown until there is enough for the verdict, and says what was done', async () => {
    const { verdict: whole } = await check(checker, history, generous);
    const stages = new Set<string>();
    for (let memoryBytesMax = 2 ** 10; ; memoryBytesMax *= 1.2) {
      const { verdict, summary } = await check(checker, history, { ...generous, memoryBytesMax });
      if (describeVerdict(verdict) !== 'unknown (budget)') {
        expect(verdict).toEqual(whole);
        break;
      }
      stages.add(/^the memory budget ended while ([^;]*)/.exec(summary)![1]!);
    }
    // What is wrong is often seen at once; that nothing is, only at the end.
    if (whole.verdict !== 'invalid') expect(stages.size).toBeGreaterThan(1);
    expect([...stages][0]).toBe('reading transactions');
  });

  test('of time: without any it is unknown, and says what was done', async () => {
    const { verdict, summary } = await check(checker, history, { ...generous, timeMsMax: 0 });
    expect(describeVerdict(verdict)).toBe('unknown (budget)');
    expect(summary).toMatch(/^the time budget ended while /);
  });
});
