import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../src/core/random.ts';
import { describeVerdict } from '../../../src/core/verdict.ts';
import { readHistoryFile } from '../../../src/formats/read-history.ts';
import { check } from '../../linearizability/check.fixture.ts';
import { anomaliesOf, judged, overlapping, txns } from '../check.fixture.ts';
import { simulate } from '../database.fixture.ts';
import { listAppendFrom } from './checker.ts';

const paper = () => {
  const path = '../../../test/fixtures/histories/elle/paper-example.edn';
  const file = fileURLToPath(new URL(path, import.meta.url));
  return readHistoryFile(file, 'edn');
};

describe('the example of the Elle paper', () => {
  test('has read skew: one saw that another had appended, and a third not, though it came later', async () => {
    const result = await judged('list-append', paper(), { consistency: 'serializable' });
    expect(result.verdict).toEqual({ verdict: 'invalid', kind: 'safety' });
    expect(result.isolation).toMatchObject({
      anomalyTypes: ['G-single-item'],
      not: ['consistent-view', 'repeatable-read'],
    });
    expect(result.findings).toMatchObject([
      {
        type: 'G-single-item',
        entries: [6, 7, 2, 3, 4, 5],
        details: {
          steps: [
            {
              because: 'rw',
              key: '255',
              says: 'T6 read [2, 3, 4, 5] of key 255, without 8, which T2 appended',
            },
            { because: 'wr', says: 'T4 read 8 of key 255, which T2 appended' },
            { because: 'ww', says: 'T6 appended 3 to key 256 after T4 had appended 4' },
          ],
        },
      },
    ]);
  });

  test('is read-committed all the same, and that is said with what it is not', async () => {
    const result = await judged('list-append', paper(), { consistency: 'read-committed' });
    expect(result.verdict).toEqual({ verdict: 'valid' });
    expect(result.findings.map(({ kind }) => kind)).toEqual(['note']);
    expect(result.summary).toBe(
      '4 transactions are read-committed, but not consistent-view, not repeatable-read (1 G-single-item)',
    );
  });
});

describe('what is known of a transaction of unknown end', () => {
  test('nothing, if nobody read what it appended', async () => {
    const history = txns('info: append x 1, r y [9]', 'ok: r x []');
    expect((await judged('list-append', history)).verdict).toEqual({ verdict: 'valid' });
  });

  test('that it happened, if somebody did', async () => {
    const history = txns('info: append x 1, append y 1', 'ok: r x [1], r y []');
    const { isolation } = await judged('list-append', history);
    expect(isolation!.anomalyTypes).toEqual(['G-single-item']);
  });

  test('then also what it read', async () => {
    const history = txns('info: append x 1, r y [9]', 'ok: r x [1]');
    const { isolation } = await judged('list-append', history);
    expect(isolation!.anomalyTypes).toEqual(['thin-air-read']);
  });
});

test('and that too, if the read that shows it fits no other', async () => {
  const lines = ['ok: append x 1', 'ok: append x 2', 'ok: r x [1, 2]', 'ok: r x [3]'];
  const history = txns('info: append x 3, r y [9]', ...lines);
  const { isolation } = await judged('list-append', history);
  expect(isolation!.anomalyTypes).toEqual(['incompatible-order', 'thin-air-read']);
});

test('entries whose indexes do not grow are in no order', async () => {
  const { entries, ...others } = txns('ok: append x 1', 'ok: r x [1]');
  const history = {
    ...others,
    entries: entries.map((entry) => Object.assign({}, entry, { index: 0 })),
  };
  await expect(judged('list-append', history)).rejects.toThrowError(
    'indexes of entries must be whole numbers that grow',
  );
});

test('findings name entries by their indexes, where others were left out between them', async () => {
  const { entries, ...others } = txns('ok: append x 1', 'fail: append x 2', 'ok: r x [1, 2]');
  const history = {
    ...others,
    entries: entries.map((entry) => Object.assign({}, entry, { index: 10 * entry.index + 5 })),
  };
  const [finding] = (await judged('list-append', history)).findings;
  expect(finding!.summary).toContain('T45 read 2 of key "x", which T25 failed to append');
  expect(finding!.entries).toEqual([45, 55, 25, 35]);
  expect(finding!.details).toMatchObject({
    transactions: [
      { invokeIndex: 45, completeIndex: 55 },
      { invokeIndex: 25, completeIndex: 35 },
    ],
  });
});

describe('what an invocation says of its reads', () => {
  test('is nothing, whatever stands there', async () => {
    const [asked] = overlapping(['0 info: append x 1', '0']).entries;
    const answered = txns('ok: r x [1]').entries;
    const value = [...(asked!.value as unknown[]), ['r', 'y', [9]]];
    const entries = [
      { ...asked!, process: 7, value },
      ...answered.map((entry) => Object.assign({}, entry, { index: entry.index + 1 })),
    ];
    const history = { ...txns(), entries };
    expect((await judged('list-append', history)).verdict).toEqual({ verdict: 'valid' });
  });
});

describe('values', () => {
  const written = (values: readonly unknown[]) =>
    txns(...values.map((value) => `ok: append x ${JSON.stringify(value)}`));

  test.each([
    ['numbers that double', Array.from({ length: 31 }, (_, power) => 2 ** power)],
    ['numbers that fall', [70, 69, 3, 2, 1, 0]],
    ['fractions, negative and huge numbers', [0.5, -1, 2 ** 53, 1e300]],
    ['texts that look like numbers or names', ['1', '', '__proto__', 'constructor']],
    ['structures', [[1], { a: 1 }, [[]], null, true]],
    ['of all kinds', [1, '1', [1], true, null, 1.5]],
  ])('%s are all told apart, and take no more room than they need', async (_, values) => {
    const history = written(values);
    const read = txns(`ok: r x ${JSON.stringify(values)}`).entries.map((entry) =>
      Object.assign({}, entry, { index: entry.index + history.entries.length, process: 99 }),
    );
    const entries = [...history.entries, ...read];
    const budget = { timeMsMax: 60_000, memoryBytesMax: 2 ** 19 };
    const result = await check(listAppendFrom({}), { ...history, entries }, budget);
    expect(result.verdict, result.summary).toEqual({ verdict: 'valid' });
  });

  test.each(['__proto__', 'constructor', '0', ''])('a key may be called %j', async (key) => {
    const rename = (mops: unknown) => (mops as unknown[][]).map(([f, , value]) => [f, key, value]);
    const history = txns('ok: append x 1, append x 2', 'ok: r x [1]');
    const entries = history.entries.map((entry) =>
      Object.assign({}, entry, { value: rename(entry.value) }),
    );
    expect(await anomaliesOf('list-append', { ...history, entries })).toEqual(['G1b']);
  });
});

describe('versions that nobody read', () => {
  // Each missed what the other appended to y and z, and both appended to x; whoever was first, the other's snapshot lacks it.
  const lines = ['append x 1, append y 1, r z []', 'append x 2, append z 1, r y []'];
  const overlap = (some: readonly string[]) =>
    overlapping([
      ...some.map((line, client) => `${client} ok: ${line}`),
      ...some.map((_, client) => `${client}`),
    ]);

  test.each(['snapshot-isolation', 'consistent-view'])(
    'leave %s undecided where each order of them would violate it',
    async (consistency) => {
      const result = await judged('list-append', overlap(lines), { consistency });
      expect(describeVerdict(result.verdict)).toBe('unknown (undecided)');
      expect(result.summary).toBe(
        `nothing that ${consistency} forbids was found, but that depends on an order of versions that nobody saw, of key "x", but not repeatable-read (1 G2-item)`,
      );
    },
  );

  test.each([
    ['snapshot-isolation', 'invalid', [...lines, 'r x [1, 2]']],
    ['serializable', 'invalid', lines],
    ['read-committed', 'valid', lines],
    ['snapshot-isolation', 'valid', lines.map((line) => line.replace(/append x ., /, ''))],
    ['snapshot-isolation', 'valid', ['append x 1, r y []', 'append x 2, append y 1']],
  ])('decide %s where one is seen, or it does not matter: %s', async (consistency, said, some) => {
    const { verdict } = await judged('list-append', overlap(some), { consistency });
    expect(verdict.verdict).toBe(said);
  });
});

describe('keys', () => {
  const withKeys = (a: unknown, b: unknown) => {
    const history = txns('ok: append x 1', 'ok: append x 1, r x [1]');
    const entries = history.entries.map((entry) => {
      const key = entry.process === 0 ? a : b;
      const value = (entry.value as unknown[][]).map(([f, , value]) => [f, key, value]);
      return Object.assign({}, entry, { value });
    });
    return judged('list-append', { ...history, entries });
  };

  test.each([
    [[1], '\u0000[1]'],
    [0, '0'],
    [1.5, 1],
    [-1, 1],
    [2 ** 31, 1],
    [null, 'null'],
  ])('%j and %j are two', async (a, b) => {
    expect((await withKeys(a, b)).verdict.verdict).toBe('valid');
  });

  test.each([
    [[1], [1]],
    [
      { a: 1, b: 2 },
      { b: 2, a: 1 },
    ],
    [-0, 0],
    [2 ** 31, 2 ** 31],
  ])('%j and %j are one', async (a, b) => {
    await expect(withKeys(a, b)).rejects.toMatchObject({ code: 'data' });
  });
});

describe('a history that cannot be judged', () => {
  test.each([
    [[], 'of 0 transactions none that is known to have happened read anything'],
    [['0 ok: append x 1', '0'], 'of 1 transactions none'],
    [['0 info: r x [1]', '0'], 'of 1 transactions none'],
  ])('is vacuous: %j', async (lines, sentence) => {
    const { verdict, summary } = await judged('list-append', overlapping(lines));
    expect(describeVerdict(verdict)).toBe('unknown (vacuous)');
    expect(summary).toContain(sentence);
  });

  test.each([
    [txns('ok: w x 1'), 'entry 0: w is neither append nor r'],
    [txns('ok: append x 1', 'ok: append x 1'), 'entry 2: writes 1 to key "x", as entry 0 does'],
    [txns('ok: r x 7'), 'entry 1: a read of "x" cannot answer 7'],
    [overlapping(['0 ok: r x []', '0 ok: r x []', '0']), 'process 0 invokes while its operation'],
  ])('is refused', async (history, sentence) => {
    await expect(judged('list-append', history)).rejects.toMatchObject({
      code: 'data',
      message: expect.stringContaining(sentence) as string,
    });
  });

  test('is refused where an answer is that of another transaction', async () => {
    const history = txns('ok: append x 1, r y []');
    const [invocation, completion] = history.entries;
    const other = {
      ...completion!,
      value: [
        ['append', 'x', 2],
        ['r', 'y', []],
      ],
    };
    const entries = [invocation!, other];
    await expect(judged('list-append', { ...history, entries })).rejects.toMatchObject({
      message: 'entry 1: completes another transaction than entry 0 invokes',
    });
  });
});

describe('the budget', () => {
  const history = simulate(
    {
      shape: 'list',
      isolation: 'snapshot-isolation',
      transactions: 3000,
      clients: 8,
      keys: 3,
      mopsMax: 4,
    },
    seededRandom('budget'),
  );
  const checker = listAppendFrom({});
  const generous = { timeMsMax: 60_000, memoryBytesMax: 2 ** 31 };

  test('of memory ends in unknown, and says what was done at the time', async () => {
    const { verdict, summary } = await check(checker, history, {
      ...generous,
      memoryBytesMax: 2 ** 12,
    });
    expect(describeVerdict(verdict)).toBe('unknown (budget)');
    expect(summary).toBe('the memory budget ended while reading transactions');
  });

  test('of time too', async () => {
    const { verdict, summary } = await check(checker, history, { ...generous, timeMsMax: 0 });
    expect(describeVerdict(verdict)).toBe('unknown (budget)');
    expect(summary).toMatch(/^the time budget ended while/);
  });

  test('hides nothing that was found before', async () => {
    const stale = txns(
      'fail: append x 1',
      'ok: r x [1]',
      ...(Array(200).fill('ok: r x []') as string[]),
    );
    let memoryBytesMax = 2 ** 10;
    let summary: string;
    let invalid: boolean;
    do {
      const result = await check(checker, stale, { ...generous, memoryBytesMax });
      summary = result.summary;
      invalid = result.verdict.verdict === 'invalid';
      memoryBytesMax *= 1.1;
    } while (!invalid);
    expect(summary).toContain('the search is not complete, for the memory budget ended while');
  });
});
