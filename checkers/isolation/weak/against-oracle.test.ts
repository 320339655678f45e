/** Random small histories against every order of commits, each held to the axioms word by word (Biswas & Enea, OOPSLA 2019, figure 2). */
import { describe, expect, test } from 'vitest';
import type { History } from '../../../src/core/history/entry.ts';
import { pair } from '../../../src/core/history/operation.ts';
import { seededRandom } from '../../../src/core/random.ts';
import { anomaliesOf, checkSteps, judged, overlapping } from '../check.fixture.ts';
import { simulate } from '../database.fixture.ts';
import type { WeakLevel } from './levels.ts';
import { weakLevels } from './levels.ts';

const runs = Number(process.env['DSP_DIFFERENTIAL'] ?? 400);

/** Answers of a database are shuffled among reads of a key, so that all levels are broken in many ways. */
function histories(): History[] {
  const random = seededRandom('weak');
  return Array.from({ length: runs }, (_, run) => {
    const isolation = run % 2 === 0 ? 'read-committed' : 'serializable';
    const history = simulate(
      { shape: 'register', isolation, transactions: 5, clients: 3, keys: 2, mopsMax: 3 },
      random.fork(`${run}`),
    );
    return run % 4 < 2 ? history : withLies(history, run);
  });
}

type Mop = [f: string, key: number, value: unknown];

function withLies(history: History, run: number): History {
  const random = seededRandom(run);
  const written = history.entries.flatMap(({ type, value }) =>
    type === 'ok' ? (value as Mop[]).filter(([f]) => f === 'w') : [],
  );
  const entries = history.entries.map((entry) => {
    if (entry.type !== 'ok') return entry;
    const value = (entry.value as Mop[]).map((mop): Mop => {
      const others = written.filter(([, key]) => key === mop[1]);
      if (mop[0] !== 'r' || others.length === 0 || random.chance(0.6)) return mop;
      return ['r', mop[1], random.pick(others)[2]];
    });
    return Object.assign({}, entry, { value });
  });
  return { ...history, entries };
}

interface Txn {
  readonly process: unknown;
  readonly mops: readonly Mop[];
}

const initial: Txn = { process: 'initial', mops: [] };

function oracle(history: History, level: WeakLevel): boolean {
  const txns = pair(history.entries)
    .operations.filter(({ outcome }) => outcome === 'ok')
    .map(({ process, output }): Txn => ({ process, mops: output as Mop[] }));
  const so = (a: Txn, b: Txn) =>
    a !== b && (a === initial || (a.process === b.process && txns.indexOf(a) < txns.indexOf(b)));
  const writes = (t: Txn, key: number) =>
    t === initial || t.mops.some(([f, k]) => f === 'w' && k === key);
  const source = ([, key, value]: Mop) =>
    value === null
      ? initial
      : txns.find(({ mops }) => mops.some(([f, k, v]) => f === 'w' && k === key && v === value))!;
  const reads = (t: Txn) => t.mops.filter((mop) => mop[0] === 'r' && source(mop) !== t);
  const wr = (a: Txn, b: Txn) => a !== b && reads(b).some((mop) => source(mop) === a);
  const before = (a: Txn, b: Txn, met: readonly Txn[] = []): boolean =>
    so(a, b) ||
    wr(a, b) ||
    txns.some((c) => !met.includes(c) && (so(a, c) || wr(a, c)) && before(c, b, [...met, c]));
  const sees = (t2: Txn, t3: Txn, place: number) => {
    if (level === 'causal') return before(t2, t3);
    if (level === 'read-atomic') return so(t2, t3) || wr(t2, t3);
    return reads(t3)
      .slice(0, place)
      .some((mop) => source(mop) === t2);
  };
  const fits = (order: readonly Txn[]) => {
    const at = (t: Txn) => order.indexOf(t);
    return order.every((t3) =>
      reads(t3).every((mop, place) => {
        const t1 = source(mop);
        return order.every(
          (t2) =>
            t2 === t1 ||
            t2 === t3 ||
            !writes(t2, mop[1]) ||
            !sees(t2, t3, place) ||
            at(t2) < at(t1),
        );
      }),
    );
  };
  const respects = (order: readonly Txn[], next: Txn) =>
    txns.every((t) => order.includes(t) || t === next || !(so(t, next) || wr(t, next)));
  const some = (order: readonly Txn[]): boolean =>
    order.length === txns.length + 1
      ? fits(order)
      : txns.some((t) => !order.includes(t) && respects(order, t) && some([...order, t]));
  return some([initial]);
}

describe('weak isolation', () => {
  const all = histories();

  test.each(weakLevels)(
    'is found %s exactly if an order of commits keeps the axiom',
    async (level) => {
      const said = { valid: 0, invalid: 0 };
      for (const history of all) {
        const result = await judged('weak-isolation', history, { consistency: level });
        const types = result.isolation?.anomalyTypes ?? ['vacuous'];
        if (types.some((type) => !type.endsWith('-cycle'))) continue;
        expect(result.verdict.verdict === 'valid', JSON.stringify(history.entries)).toBe(
          oracle(history, level),
        );
        said[result.verdict.verdict as 'valid']++;
      }
      expect(Math.min(said.valid, said.invalid)).toBeGreaterThan(runs / 50);
    },
  );
});

const session = (...lines: readonly string[]): History => overlapping(lines);

describe('planted', () => {
  test.each([
    [
      'read-committed-cycle',
      session('0 ok: w x 1', '0', '0 ok: w x 2, w y 2', '0', '1 ok: r y 2, r x 1', '1'),
    ],
    [
      'read-atomic-cycle',
      session('0 ok: w x 1', '0', '0 ok: w x 2, w y 2', '0', '1 ok: r x 1, r y 2', '1'),
    ],
    [
      'causal-cycle',
      session(
        '0 ok: w x 1',
        '0',
        '1 ok: r x 1, w y 1',
        '1',
        '2 ok: r y 1',
        '2',
        '2 ok: r x null',
        '2',
      ),
    ],
    ['G1a', session('0 fail: w x 1', '0', '1 ok: r x 1', '1')],
    ['G1b', session('0 ok: w x 1, w x 2', '0', '1 ok: r x 1', '1')],
    ['internal', session('0 ok: w x 1', '0', '1 ok: r x null, r x 1', '1')],
    ['own-write-unseen', session('0 ok: w x 1', '0', '1 ok: w x 2, r x 1', '1')],
  ])('%s is found and named', async (anomaly, history) => {
    expect(await anomaliesOf('weak-isolation', history)).toContain(anomaly);
  });

  test('a circle is told with the reads that demand it', async () => {
    const history = session(
      '0 ok: w x 1',
      '0',
      '0 ok: w x 2, w y 2',
      '0',
      '1 ok: r y 2, r x 1',
      '1',
    );
    const result = await judged('weak-isolation', history);
    const { findings, isolation } = result;
    expect(checkSteps(result)).toBe(1);
    expect(findings[0]!.summary).toBe(
      'no order of commits explains what was read: one client did T0 before T2; T4 came after T2, which wrote key "x", and read 1 of it from T0, which is therefore the later',
    );
    expect(isolation).toMatchObject({
      not: ['read-committed'],
      alsoNot: ['read-atomic', 'causal'],
    });
  });

  test('what one client wrote may be seen by another later: that is causal', async () => {
    const history = session(
      '0 ok: w x 1',
      '0',
      '0 ok: w x 2',
      '0',
      '1 ok: r x 1',
      '1',
      '1 ok: r x 2',
      '1',
    );
    expect((await judged('weak-isolation', history)).verdict).toEqual({ verdict: 'valid' });
  });

  test('a level that is not weak is refused', async () => {
    await expect(async () =>
      judged('weak-isolation', session(), { consistency: 'serializable' }),
    ).rejects.toThrow('--consistency: serializable is not one of weak-isolation');
  });
});
