/** Random small histories of databases of every isolation, against every order there is. */
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../src/core/random.ts';
import { describeVerdict } from '../../../src/core/verdict.ts';
import { judged } from '../check.fixture.ts';
import { simulate } from '../database.fixture.ts';
import type { DatabaseOptions, Isolation } from '../database.fixture.ts';
import { oracleOf } from '../oracle.fixture.ts';
import type { Order } from '../oracle.fixture.ts';

const small = { shape: 'list', clients: 3, keys: 2, mopsMax: 3, unknownPercent: 10 } as const;
const isolations: readonly Isolation[] = [
  'strict-serializable',
  'serializable',
  'snapshot-isolation',
  'read-committed',
  'read-uncommitted',
];
const runs = Number(process.env['DSP_DIFFERENTIAL'] ?? 200);

const holds = async (history: Parameters<typeof judged>[1], consistency: string) => {
  const { verdict } = await judged('list-append', history, { consistency });
  return verdict.verdict === 'unknown' ? describeVerdict(verdict) : verdict.verdict === 'valid';
};

const levels: readonly [string, Order][] = [
  ['serializable', 'any'],
  ['strong-session-serializable', 'session'],
  ['strict-serializable', 'realtime'],
];

describe.each(isolations)('a database that is %s', (isolation) => {
  const random = seededRandom(`list-append ${isolation}`);
  const histories = Array.from({ length: runs }, (_, run) => {
    const options: DatabaseOptions = { ...small, isolation, transactions: 4 + (run % 2) };
    return simulate(options, random.fork(`${run}`));
  });

  test.each(levels)('is found %s exactly if there is such an order', async (level, order) => {
    for (const history of histories) {
      const said = await holds(history, level);
      if (said === 'unknown (vacuous)') continue;
      expect(said, JSON.stringify(history.entries)).toBe(oracleOf(history).serializable(order));
    }
  });

  test.each([
    ['snapshot-isolation', 'any'],
    ['strong-session-snapshot-isolation', 'session'],
    ['strong-snapshot-isolation', 'realtime'],
  ] as const)('is never said not to be %s where snapshots explain it', async (level, order) => {
    for (const history of histories) {
      if ((await holds(history, level)) !== false) continue;
      expect(oracleOf(history).snapshotIsolated(order), JSON.stringify(history.entries)).toBe(
        false,
      );
    }
  });
});

describe.each([
  ['strict-serializable', 'strict-serializable'],
  ['serializable', 'serializable'],
  ['snapshot-isolation', 'strong-snapshot-isolation'],
  ['read-committed', 'strong-read-committed'],
] as const)('a large history of a database that is %s', (isolation, level) => {
  const shape = { shape: 'list', transactions: 500, clients: 8, keys: 4, mopsMax: 5 } as const;
  const simulated = (run: number) =>
    simulate({ ...shape, isolation, writesPerKey: 40 }, seededRandom(`large ${isolation} ${run}`));

  test(`is ${level}`, async () => {
    for (let run = 0; run < 10; run++) {
      const result = await judged('list-append', simulated(run), { consistency: level });
      expect(result.verdict, result.summary).toEqual({ verdict: 'valid' });
    }
  });

  test('is strict-serializable only if it is made for that', async () => {
    const { verdict } = await judged('list-append', simulated(0));
    expect(verdict.verdict === 'valid').toBe(isolation === 'strict-serializable');
  });
});
