/** Random small histories, with anomalies of all kinds, against Adya's definitions of every level that can be claimed. */
import { describe, expect, test } from 'vitest';
import type { History } from '../../src/core/history/entry.ts';
import { seededRandom } from '../../src/core/random.ts';
import { describeVerdict } from '../../src/core/verdict.ts';
import { judged } from './check.fixture.ts';
import { dependencyOracle } from './dependency-oracle.fixture.ts';
import type { AdyaLevel } from './dependency-oracle.fixture.ts';
import { decidedLevels } from './levels/levels.ts';
import type { Order } from './oracle.fixture.ts';
import { randomHistory } from './random-history.fixture.ts';

const runs = Number(process.env['DSP_DIFFERENTIAL'] ?? 150);

const meanings: Readonly<Record<string, readonly [AdyaLevel, Order]>> = {
  'read-committed': ['read-committed', 'any'],
  'strong-session-read-committed': ['read-committed', 'session'],
  'strong-read-committed': ['read-committed', 'realtime'],
  'consistent-view': ['consistent-view', 'any'],
  'snapshot-isolation': ['snapshot-isolation', 'any'],
  'strong-session-snapshot-isolation': ['snapshot-isolation', 'session'],
  'strong-snapshot-isolation': ['snapshot-isolation', 'realtime'],
  'repeatable-read': ['repeatable-read', 'any'],
  serializable: ['serializable', 'any'],
  'strong-session-serializable': ['serializable', 'session'],
  'strict-serializable': ['serializable', 'realtime'],
};

/** Small enough for all orders of all versions. */
function histories(shape: 'list' | 'register'): History[] {
  const random = seededRandom(`definitions ${shape}`);
  return Array.from({ length: runs }, (_, run) => {
    const drawn = random.fork(`${run}`);
    const options = {
      transactions: drawn.integer(2, 5),
      clients: drawn.integer(1, 3),
      keys: drawn.integer(1, 3),
      mopsMax: drawn.integer(1, 4),
      unknownPercent: run % 3 === 0 ? 20 : 0,
      failedPercent: run % 5 === 0 ? 10 : 0,
    };
    return randomHistory({ shape, ...options }, drawn);
  }).filter((history) => writesOf(history) <= writesMax);
}

const writesMax = 6;
const writesOf = ({ entries }: History) =>
  entries
    .filter(({ type }) => type === 'invoke')
    .reduce((sum, { value }) => sum + (value as string[][]).filter(([f]) => f !== 'r').length, 0);

test('every level that can be claimed has a definition here, but that of G0 alone', () => {
  const others = decidedLevels.filter((level) => !level.endsWith('read-uncommitted'));
  expect(Object.keys(meanings).toSorted()).toEqual(others.toSorted());
});

describe.each([
  ['list-append', 'list', undefined],
  ['rw-register', 'register', undefined],
  ['rw-register', 'register', 'wfr'],
] as const)('%s, %s, keys: %s', (checker, shape, keys) => {
  const all = histories(shape).map((history) => ({ history, oracle: dependencyOracle(history) }));

  test.each(Object.keys(meanings))(
    '%s is what the definition says, or undecided, which is seldom',
    async (consistency) => {
      const options = keys === undefined ? { consistency } : { consistency, keys };
      const said = { valid: 0, invalid: 0, unknown: 0 };
      for (const { history, oracle } of all) {
        const { verdict } = await judged(checker, history, options);
        if (describeVerdict(verdict) === 'unknown (vacuous)') continue;
        said[verdict.verdict]++;
        if (verdict.verdict === 'unknown') continue;
        const holds = oracle(...meanings[consistency]!);
        expect(verdict.verdict === 'valid', JSON.stringify(history.entries)).toBe(holds);
      }
      expect(Math.min(said.valid, said.invalid)).toBeGreaterThan(all.length / 10);
      expect(said.unknown).toBeLessThanOrEqual(all.length / 20);
    },
  );
});
