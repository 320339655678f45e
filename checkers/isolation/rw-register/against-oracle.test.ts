/** Random small histories of databases of every isolation, against every order there is, under every claim that the level implies. */
import { describe, expect, test } from 'vitest';
import type { History } from '../../../src/core/history/entry.ts';
import { seededRandom } from '../../../src/core/random.ts';
import type { CheckResult } from '../../../src/core/verdict.ts';
import { judged } from '../check.fixture.ts';
import { simulate } from '../database.fixture.ts';
import type { DatabaseOptions, Isolation } from '../database.fixture.ts';
import { oracleOf } from '../oracle.fixture.ts';
import type { Order } from '../oracle.fixture.ts';

const small = { shape: 'register', clients: 3, keys: 2, mopsMax: 3 } as const;
const isolations: readonly Isolation[] = [
  'strict-serializable',
  'serializable',
  'snapshot-isolation',
  'read-committed',
  'read-uncommitted',
];
const runs = Number(process.env['DSP_DIFFERENTIAL'] ?? 300);

const verdictOf = async (history: History, options: Readonly<Record<string, unknown>>) =>
  (await judged('rw-register', history, options)).verdict.verdict;

const histories = (isolation: Isolation, more: Partial<DatabaseOptions>): History[] => {
  const random = seededRandom(`rw-register ${isolation} ${JSON.stringify(more)}`);
  return Array.from({ length: runs }, (_, run) =>
    simulate({ ...small, ...more, isolation, transactions: 4 + (run % 2) }, random.fork(`${run}`)),
  );
};

/** What a level implies may be claimed of the keys of a system that is to keep it. */
const questions: readonly [level: string, keys: string | undefined, order: Order][] = [
  ['serializable', undefined, 'any'],
  ['serializable', 'wfr', 'any'],
  ['strong-session-serializable', 'sequential', 'session'],
  ['strict-serializable', 'linearizable', 'realtime'],
  ['strict-serializable', 'wfr,sequential,linearizable', 'realtime'],
];

describe.each(isolations)('a database that is %s', (isolation) => {
  const some = histories(isolation, { unknownPercent: 10 });
  const readFirst = histories(isolation, { readsFirst: true, mopsMax: 2 });

  test.each(questions)(
    'is never said not to be %s (keys: %s) where an order explains it',
    async (level, keys, order) => {
      for (const history of [...some, ...readFirst]) {
        const options = { consistency: level, ...(keys === undefined ? {} : { keys }) };
        if ((await verdictOf(history, options)) !== 'invalid') continue;
        expect(oracleOf(history).serializable(order), JSON.stringify(history.entries)).toBe(false);
      }
    },
  );

  test.each([
    ['serializable', 'wfr', 'any'],
    ['strong-session-serializable', 'sequential', 'session'],
    ['strict-serializable', 'linearizable', 'realtime'],
  ] as const)(
    'is found %s exactly if there is such an order, where writes follow reads',
    async (level, keys, order) => {
      for (const history of readFirst) {
        const said = await verdictOf(history, { consistency: level, keys });
        if (said === 'unknown') continue;
        const holds = oracleOf(history).serializable(order);
        expect(said === 'valid', JSON.stringify(history.entries)).toBe(holds);
      }
    },
  );
});

describe.each([
  ['strict-serializable', 'strict-serializable', 'linearizable'],
  ['serializable', 'serializable', 'wfr'],
  ['snapshot-isolation', 'strong-snapshot-isolation', 'linearizable'],
  ['read-committed', 'strong-read-committed', 'wfr'],
] as const)('a large history of a database that is %s', (isolation, level, keys) => {
  const shape = { shape: 'register', transactions: 500, clients: 8, keys: 4, mopsMax: 5 } as const;

  const verdicts = async (more: Partial<DatabaseOptions>) => {
    const said: CheckResult[] = [];
    for (let run = 0; run < 10; run++) {
      const options = { ...shape, ...more, isolation, unknownPercent: 2 };
      const history = simulate(options, seededRandom(`rw ${isolation} ${run}`));
      said.push(await judged('rw-register', history, { consistency: level, keys }));
    }
    return said;
  };

  test(`is ${level}, its keys ${keys}, where writes follow reads`, async () => {
    for (const { verdict, summary } of await verdicts({ readsFirst: true }))
      expect(verdict, summary).toEqual({ verdict: 'valid' });
  });

  test('is mostly proven to be, and never said not to be, where writes are blind', async () => {
    const said = await verdicts({});
    for (const { verdict, summary } of said) expect(verdict.verdict, summary).not.toBe('invalid');
    expect(said.filter(({ verdict }) => verdict.verdict === 'valid').length).toBeGreaterThan(7);
  });
});
