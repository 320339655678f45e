/** One planted anomaly of every name, found and named exactly under the claim that it needs, and not without it. */
import { describe, expect, test } from 'vitest';
import type { Entry, History } from '../../../src/core/history/entry.ts';
import { anomaliesOf, checkSteps, judged, overlapping, txns } from '../check.fixture.ts';
import { makeChecker } from '../../registry.ts';

const together = (...lines: readonly string[]) =>
  overlapping([
    ...lines.map((line, client) => `${client} ${line}`),
    ...lines.map((_, c) => `${c}`),
  ]);

/** Cycles where one arrow is the order of a client, or real time: `a` and `b` are done one after the other. */
const ordered = (a: number, b: number): readonly [cycle: string, history: History][] => [
  ['G0', overlapping([`${a} ok: r x 1, w x 2`, `${a}`, `${b} ok: w x 1`, `${b}`])],
  ['G1c', overlapping([`${a} ok: r x 1`, `${a}`, `${b} ok: w x 1`, `${b}`])],
  ['G-single-item', overlapping([`${a} ok: w x 1`, `${a}`, `${b} ok: r x null`, `${b}`])],
  [
    'G-nonadjacent-item',
    overlapping([
      '8 ok: w x 1',
      '9 ok: w y 1',
      '7 ok: r y 1, r x null',
      `${a} ok: r x 1`,
      `${a}`,
      `${b} ok: r y null`,
      `${b}`,
      '7',
      '8',
      '9',
    ]),
  ],
  [
    'G2-item',
    overlapping([
      '9 ok: r x null, w y 1',
      `${a} ok: w x 1`,
      `${a}`,
      `${b} ok: r y null`,
      `${b}`,
      '9',
    ]),
  ],
];

describe('of rw-register', () => {
  test.each([
    ['process', ordered(0, 0)],
    ['realtime', ordered(0, 1)],
  ] as const)('cycles that need %s are found and named exactly', async (order, all) => {
    for (const [cycle, history] of all) {
      const result = await judged('rw-register', history, { keys: 'wfr' });
      expect(result.isolation!.anomalyTypes).toEqual([`${cycle}-${order}`]);
      expect(result.verdict).toEqual({ verdict: 'invalid', kind: 'safety' });
      expect(checkSteps(result)).toBe(1);
    }
  });

  test('of the same transactions, begun together, none is a cycle', async () => {
    for (const [, { entries }] of ordered(0, 1)) {
      const isInvoke = ({ type }: Entry) => type === 'invoke';
      const sorted = [...entries.filter(isInvoke), ...entries.filter((each) => !isInvoke(each))];
      const renumbered = sorted.map((entry, index) => Object.assign({}, entry, { index }));
      const result = await judged(
        'rw-register',
        { ...txns(), entries: renumbered },
        { keys: 'wfr' },
      );
      expect(result.verdict, result.summary).toEqual({ verdict: 'valid' });
    }
  });

  test.each([
    ['thin-air-read', together('ok: w x 1', 'ok: r x 7')],
    ['G1a', together('fail: w x 1', 'ok: r x 1')],
    ['G1b', together('ok: w x 1, w x 2', 'ok: r x 1')],
    ['future-read', together('ok: r x 1, w x 1')],
    ['internal', together('ok: w x 1', 'ok: r x 1, w x 2, r x 1')],
    ['G1c', together('ok: w x 1, r y 1', 'ok: w y 1, r x 1')],
    ['G-single-item', together('ok: w x 1, w y 1', 'ok: r x 1, r y null')],
    [
      'G-nonadjacent-item',
      together('ok: w x 1', 'ok: w y 1', 'ok: r x 1, r y null', 'ok: r y 1, r x null'),
    ],
    ['G2-item', together('ok: r x null, w y 1', 'ok: r y null, w x 1')],
  ])('%s is found, without any claim', async (anomaly, history) => {
    expect(await anomaliesOf('rw-register', history)).toEqual([anomaly]);
  });

  test('a lost update is found, and the write skew that it is', async () => {
    const history = together('ok: r x null, w x 1', 'ok: r x null, w x 2');
    expect(await anomaliesOf('rw-register', history)).toEqual(['lost-update', 'G2-item']);
  });

  test.each([
    ['G0', 'wfr', together('ok: r x 1, w x 2, w y 1', 'ok: w x 1, r y 1, w y 2')],
    ['cyclic-versions', 'wfr', together('ok: r x 1, w x 2', 'ok: r x 2, w x 1')],
  ])('%s is found where keys are claimed to be %s', async (anomaly, keys, history) => {
    expect(await anomaliesOf('rw-register', history, { keys })).toContain(anomaly);
    expect(await anomaliesOf('rw-register', history)).not.toContain(anomaly);
  });

  test.each(['wfr', 'sequential', 'linearizable'])(
    'reads that change their minds order no versions, where keys are %s',
    async (keys) => {
      const history = together('ok: w x 1', 'ok: w x 2', 'ok: r x 1, r x 2', 'ok: r x 2, r x 1');
      expect(await anomaliesOf('rw-register', history, { keys })).toEqual(['internal']);
    },
  );

  test('a read of what was overwritten before is found where keys are linearizable', async () => {
    const history = txns('ok: w x 1', 'ok: w x 2, w y 1', 'ok: r x 1, r y 1');
    const { isolation, findings } = await judged('rw-register', history, { keys: 'linearizable' });
    expect(isolation!.anomalyTypes).toContain('cyclic-versions');
    expect(findings[0]!.summary).toContain('of key "x" the versions');
    expect(await anomaliesOf('rw-register', history)).toEqual([]);
  });

  test('by the order in which one client wrote, another saw them otherwise', async () => {
    const lines = ['0 ok: w x 1', '0', '0 ok: w x 2, w y 1', '0', '1 ok: r x 1, r y 1', '1'];
    const history = overlapping(lines);
    const result = await judged('rw-register', history, { keys: 'sequential' });
    const { isolation, findings } = result;
    expect(checkSteps(result)).toBe(1);
    expect(isolation!.anomalyTypes).toEqual(['G-single-item']);
    expect(findings[0]!.summary).toContain(
      'T4 read 1 of key "x" before T2 wrote 2 (one client did one after the other)',
    );
  });

  test('a given order of transactions orders versions too', async () => {
    const history = together('ok: w x 1', 'ok: w x 2, w y 1', 'ok: r x 1, r y 1');
    const found = (transactionOrder: number[]) =>
      anomaliesOf('rw-register', history, { transactionOrder });
    expect(await found([0, 1])).toEqual(['G-single-item']);
    expect(await found([1, 0])).toEqual([]);
    await expect(found([0, 3])).rejects.toMatchObject({
      code: 'data',
      message: 'transactionOrder: entry 3 does not invoke a transaction',
    });
  });

  test('that order names transactions by indexes, where entries were left out between them', async () => {
    const { entries, ...others } = together('ok: w x 1', 'ok: w x 2, w y 1', 'ok: r x 1, r y 1');
    const history = {
      ...others,
      entries: entries.map((entry) => Object.assign({}, entry, { index: entry.index + 1 })),
    };
    const found = (transactionOrder: number[]) =>
      anomaliesOf('rw-register', history, { transactionOrder });
    expect(await found([1, 2])).toEqual(['G-single-item']);
    expect(await found([2, 1])).toEqual([]);
  });

  test('linearizable keys of a history with a hundred clients at a time are no trouble', async () => {
    const line = (client: number) => `${client} ok: r x null, w y ${client}`;
    const clients = Array.from({ length: 100 }, (_, client) => client);
    const history = overlapping([...clients.map(line), ...clients.map((c) => `${c}`)]);
    expect(await anomaliesOf('rw-register', history, { keys: 'linearizable' })).toEqual([]);
  });

  test.each([
    [{ keys: 'wrf' }, '--keys: wrf is not known'],
    [{ keys: [7] }, '--keys: 7 is not known'],
    [{ kesy: 'wfr' }, 'the checker rw-register has no option kesy'],
    [{ transactionOrder: 'x' }, 'transactionOrder must be a list'],
    [{ transactionOrder: [1, 1] }, 'transactionOrder has an index twice'],
  ])('the options %j are refused', (options, sentence) => {
    expect(() => makeChecker({ checker: 'rw-register', options })).toThrowError(sentence);
  });

  test('a write of null is refused, for it could not be told from nothing', async () => {
    await expect(judged('rw-register', txns('ok: w x null'))).rejects.toMatchObject({
      code: 'data',
    });
  });
});
