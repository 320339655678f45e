import { expect, test } from 'vitest';
import { describe } from 'vitest';
import type { History } from '../../../../src/core/history/entry.ts';
import { seededRandom } from '../../../../src/core/random.ts';
import { judged, overlapping, txns } from '../../check.fixture.ts';
import { simulate } from '../../database.fixture.ts';
import type { DatabaseOptions } from '../../database.fixture.ts';
import { dependencyOracle } from '../../dependency-oracle.fixture.ts';
import { meterOf } from '../../meter.ts';
import { randomHistory } from '../../random-history.fixture.ts';
import { readTransactions } from '../../read-transactions.ts';
import { earlierMops, readsOf } from '../../transactions.ts';
import { writesInTurn } from '../../bad-reads.ts';
import { knownOf } from '../known.ts';
import { registers } from '../registers.ts';
import { touchesOf } from '../touches.ts';
import { isSerial } from './replay.ts';
import { hasSerialOrder } from './serial-order.ts';

const meter = meterOf({ timeMsMax: 60_000, memoryBytesMax: 2 ** 30 });
const variants = { any: 0, process: 1, realtime: 2 } as const;

function questionOf(history: History) {
  const columns = readTransactions(history, registers, meter);
  const known = knownOf(columns);
  const { later } = writesInTurn(columns, earlierMops(columns, meter));
  const { isVersion } = touchesOf(columns, known, later, meter);
  return { txns: columns, known, reads: readsOf(columns, known, meter), isVersion };
}

const blind: Omit<DatabaseOptions, 'isolation'> = {
  shape: 'register',
  transactions: 1500,
  clients: 20,
  keys: 10,
  mopsMax: 4,
  writesPerKey: 32,
};

describe('of a strict-serializable database whose clients write without reading first', () => {
  test.each([
    ['answers at once', {}],
    ['answers late', { answersLate: true }],
    ['answers late, and not always', { answersLate: true, unknownPercent: 5 }],
    ['answers fifty clients late', { answersLate: true, clients: 50 }],
    ['never replaces its few keys', { answersLate: true, keys: 3, writesPerKey: undefined }],
  ] as const)('that %s, a serial order is found', async (name, options) => {
    for (const seed of ['a', 'b', 'c']) {
      const random = seededRandom(`${name} ${seed}`);
      const given = { ...blind, ...options, isolation: 'strict-serializable' } as DatabaseOptions;
      const { verdict } = await judged('rw-register', simulate(given, random));
      expect(verdict.verdict).toBe('valid');
    }
  });

  test('none is found once a stale read is planted', async () => {
    for (const seed of ['a', 'b', 'c']) {
      const options = { ...blind, answersLate: true, isolation: 'strict-serializable' } as const;
      const { entries } = simulate(options, seededRandom(seed));
      const at = entries.findLastIndex(
        ({ type, value }) =>
          type === 'ok' &&
          (value as unknown[][]).some(([f, , read]) => f === 'r' && Number(read) > 8),
      );
      const value = (entries[at]!.value as [string, number, number][]).map(([f, key, read]) =>
        f === 'r' && read > 8 ? [f, key, 1] : [f, key, read],
      );
      const stale = { ...entries[at]!, value };
      const { verdict } = await judged('rw-register', {
        entries: entries.with(at, stale),
        problems: [],
      } as unknown as History);
      expect(verdict.verdict).not.toBe('valid');
    }
  });
});

test('a version that came too soon is taken back', async () => {
  const late = (value: number) =>
    overlapping(['0 ok: w x 1', '1 ok: w x 2, w y 2', `2 ok: r x ${value}, r y 2`, '0', '1', '2']);
  expect((await judged('rw-register', late(1))).verdict.verdict).toBe('valid');
  expect((await judged('rw-register', late(2))).verdict.verdict).toBe('valid');
});

test('nothing is taken back where no order would do', async () => {
  const history = txns('ok: w x 1', 'ok: w x 2', 'ok: r x 1');
  expect(hasSerialOrder(questionOf(history), variants.realtime, meter)).toBe(false);
  expect(hasSerialOrder(questionOf(history), variants.any, meter)).toBe(true);
});

describe('what is found of small histories is there', () => {
  test.each(Object.entries(variants))('in the order %s', (order, variant) => {
    let found = 0;
    let missed = 0;
    for (let seed = 0; seed < 1500; seed++) {
      const random = seededRandom(`serial ${order} ${seed}`);
      const history = randomHistory(
        { shape: 'register', transactions: 4, clients: 3, keys: 2, mopsMax: 3, unknownPercent: 10 },
        random,
      );
      const question = questionOf(history);
      const is = dependencyOracle(history)('serializable', order as 'any');
      const has = hasSerialOrder(question, variant, meter);
      if (has) expect(is, `seed ${seed}`).toBe(true);
      found += has ? 1 : 0;
      missed += is && !has ? 1 : 0;
    }
    expect(found).toBeGreaterThan(100);
    expect(missed / (found + missed)).toBeLessThan(0.1);
  });
});

describe('an order is serial', () => {
  const question = questionOf(txns('ok: w x 1', 'ok: w x 2, r x 2', 'ok: r x 2'));
  const serial = (order: readonly number[], variant: number) =>
    isSerial(question.txns, question.known, Int32Array.from(order), variant);

  test('if all read in it what they did read', () => {
    expect(serial([0, 1, 2], variants.realtime)).toBe(true);
    expect(serial([1, 2, 0], variants.any)).toBe(true);
  });

  test('not if one reads something else', () => {
    expect(serial([1, 0, 2], variants.any)).toBe(false);
  });

  test('not if one is missing, or comes twice', () => {
    expect(serial([0, 1], variants.any)).toBe(false);
    expect(serial([0, 1, 2, 2], variants.any)).toBe(false);
  });

  test('not against real time, where that counts', () => {
    expect(serial([1, 2, 0], variants.realtime)).toBe(false);
  });

  test('not against the order of a client, where that counts', () => {
    const lines = ['0 ok: w x 1', '0', '0 ok: w x 2', '0', '1 ok: r x 1', '1'];
    const own = questionOf(overlapping(lines));
    const order = Int32Array.from([1, 0, 2]);
    expect(isSerial(own.txns, own.known, order, variants.any)).toBe(true);
    expect(isSerial(own.txns, own.known, order, variants.process)).toBe(false);
  });
});
