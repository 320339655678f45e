/** All histories of two transactions, and random small ones with anomalies of all kinds, against Adya's definitions of every level that can be claimed. */
import { describe, expect, test } from 'vitest';
import type { History } from '../../src/core/history/entry.ts';
import { seededRandom } from '../../src/core/random.ts';
import { describeVerdict } from '../../src/core/verdict.ts';
import { judged } from './check.fixture.ts';
import { dependencyOracle } from './dependency-oracle.fixture.ts';
import type { AdyaLevel } from './dependency-oracle.fixture.ts';
import { decidedLevels } from './levels/levels.ts';
import type { Order } from './oracle.fixture.ts';
import { historyOf } from '../linearizability/histories.fixture.ts';
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

type Mop = readonly [f: string, key: number, value: unknown];

/** All ways in which two transactions of one or two micro-operations on two keys can be asked and answered. */
function pairsOf(shape: 'list' | 'register'): Mop[][][] {
  const write = shape === 'list' ? 'append' : 'w';
  const one = [0, 1].flatMap((key): Mop[] => [
    ['r', key, null],
    [write, key, null],
  ]);
  const some = [...one.map((mop) => [mop]), ...one.flatMap((a) => one.map((b) => [a, b]))];
  return some.flatMap((first) => some.flatMap((second) => answersOf([first, second], shape)));
}

/** Writes are numbered, and reads answer anything that could be made of them. */
function answersOf(txns: readonly (readonly Mop[])[], shape: 'list' | 'register'): Mop[][][] {
  let written = 0;
  const asked = txns.map((mops) =>
    mops.map(([f, key]): Mop => (f === 'r' ? [f, key, null] : [f, key, ++written])),
  );
  const values = (key: number) =>
    asked.flat().flatMap(([f, k, value]) => (f !== 'r' && k === key ? [value as number] : []));
  const answers = (key: number): unknown[] =>
    shape === 'list' ? arrangements(values(key)) : [null, ...values(key)];
  const fill = (mops: readonly Mop[]): Mop[][] =>
    mops.reduce<Mop[][]>(
      (begun, [f, key, value]) =>
        begun.flatMap((before) =>
          (f === 'r' ? answers(key) : [value]).map((each) => before.concat([[f, key, each]])),
        ),
      [[]],
    );
  const [first, second] = asked.map(fill);
  return first!.flatMap((a) => second!.map((b) => [a, b]));
}

const arrangements = (values: readonly number[]): number[][] => [
  [],
  ...values.flatMap((value) =>
    arrangements(values.filter((each) => each !== value)).map((others) => [value].concat(others)),
  ),
];

/** By one client, by two one after the other, or at the same time. */
function recorded([first, second]: readonly Mop[][], clients: 'one' | 'two' | 'both'): History {
  const asked = (mops: readonly Mop[]) =>
    mops.map(([f, key, value]) => [f, key, f === 'r' ? null : value]);
  const [a, b] = [0, clients === 'one' ? 0 : 1];
  const events = [
    [a, 'invoke', asked(first!)],
    [a, 'ok', first!],
    [b, 'invoke', asked(second!)],
    [b, 'ok', second!],
  ] as const;
  const order = clients === 'both' ? [0, 2, 1, 3] : [0, 1, 2, 3];
  const entries = order.map((place, index) => {
    const [process, type, value] = events[place]!;
    return { index, timeNs: index, process, type, f: 'txn', value };
  });
  return historyOf(entries);
}

// Consistent view is left undecided where each of two orders of unseen versions would violate it.
describe.each([
  ['list-append', 'list'],
  ['rw-register', 'register'],
] as const)('%s of two transactions', (checker, shape) => {
  const pairs = pairsOf(shape);

  test.each([
    ['strict-serializable', 'one'],
    ['strict-serializable', 'two'],
    ['strong-session-snapshot-isolation', 'one'],
    ['snapshot-isolation', 'both'],
    ['consistent-view', 'both'],
    ['read-committed', 'both'],
  ] as const)('all there are: %s (%s)', async (consistency, clients) => {
    for (const pair of pairs) {
      const history = recorded(pair, clients);
      const { verdict } = await judged(checker, history, { consistency });
      if (describeVerdict(verdict) === 'unknown (vacuous)') continue;
      const holds = dependencyOracle(history)(...meanings[consistency]!);
      const refused = consistency === 'consistent-view' ? ['invalid', 'unknown'] : ['invalid'];
      expect(holds ? ['valid'] : refused, JSON.stringify(pair)).toContain(verdict.verdict);
    }
  });
});
