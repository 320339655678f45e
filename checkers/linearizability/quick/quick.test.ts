/** What is decided quickly is decided right: by the oracle on all small histories, by the reference engine on longer ones. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { History } from '../../../src/core/history/entry.ts';
import { BudgetEnded } from '../../claims/patience.ts';
import {
  allHistories,
  historyFrom,
  historyFromTape,
  operationsOf,
  sideBySide,
  tapes,
} from '../histories.fixture.ts';
import type { Kind } from '../histories.fixture.ts';
import { columnsOfEntries } from '../../../src/core/history/entry-columns.ts';
import { casRegister } from '../models/register.ts';
import { kv } from '../models/kv.ts';
import { explicable, registerRules } from '../oracle.fixture.ts';
import { candidatesOf, problemOf } from '../problem.ts';
import { relax, upTo } from '../relax.ts';
import { wgl } from '../wgl.ts';
import { tableOf } from './make-table.ts';
import { atInvoked } from './table.ts';
import { eventsIn } from './events.ts';
import type { Table } from './table.ts';
import { greedy, passOver } from './greedy.ts';
import { judgeQuickly } from './quick.ts';
import { ordersIn } from './witness.ts';
import { zonesOf } from './zones.ts';

const limits = { stepsMax: 1e7, memoryBytesMax: 2 ** 30, deadlineMs: Number.POSITIVE_INFINITY };
const endless = { tick() {}, takeMemory() {} };
const table = (history: History, reading = false): Table =>
  tableOf(columnsOfEntries(history.entries)!, casRegister(), reading, endless)!;

/** What each way says of a history of one object; undefined where it leaves it. */
function said(history: History, reading: boolean): Record<'greedy' | 'zones', boolean | undefined> {
  const own = table(history, reading);
  const events = eventsIn(own)(0);
  const isOrder = (order: Int32Array) => ordersIn(own)(0, order);
  const first = greedy(passOver(own), events, endless);
  if (first !== undefined) expect(isOrder(first)).toBe(true);
  const zones = zonesOf(own, endless)(events);
  if (zones instanceof Int32Array) expect(isOrder(zones)).toBe(true);
  return {
    greedy: first === undefined ? undefined : true,
    zones: zones === 'unfit' ? undefined : zones instanceof Int32Array,
  };
}

const ok = (f: string, value: unknown): Kind => ({ f, value, type: 'ok' });
const info = (f: string, value: unknown): Kind => ({ f, value, type: 'info' });

describe('every small history', () => {
  const ones = [ok('read', null), ok('read', 1), ok('read', 2), ok('write', 1), ok('write', 2)];
  test.each<[string, readonly Kind[], number]>([
    ['of 3 operations', [...ones, info('write', 1), ok('cas', [1, 2]), info('cas', [2, 1])], 3],
    ['of 4 operations', [...ones.slice(1), info('write', 2)], 4],
  ])('%s', (_, kinds, count) => {
    let decided = 0;
    for (const history of allHistories(kinds, count)) {
      const right = explicable(registerRules, operationsOf(history));
      const { greedy: byGreedy, zones: byZones } = said(history, false);
      if (byGreedy !== undefined) expect(right, JSON.stringify(history.entries)).toBe(true);
      if (byZones !== undefined) expect(byZones, JSON.stringify(history.entries)).toBe(right);
      if (byGreedy !== undefined || byZones !== undefined) decided++;
    }
    expect(decided).toBeGreaterThan(4000);
  });
});

describe('random histories', () => {
  const shape = { operationsMax: 40, processes: 5, lieEvery: 10, values: 5 };

  test.each([false, true])('of registers (unique values: %s)', (unique) => {
    const counts = { greedy: 0, valid: 0, invalid: 0 };
    fc.assert(
      fc.property(tapes(200), fc.boolean(), (tape, reading) => {
        const family = unique ? 'register' : 'cas-register';
        const history = historyFromTape(family, tape, { ...shape, unique });
        if (history.entries.length === 0) return;
        const problem = problemOf(
          casRegister(),
          candidatesOf(casRegister(), operationsOf(history), reading),
        );
        const right = wgl(problem, limits).kind === 'linearizable';
        const { greedy: byGreedy, zones: byZones } = said(history, reading);
        if (byGreedy !== undefined) expect(right).toBe(true);
        if (byZones !== undefined) expect(byZones).toBe(right);
        if (byGreedy !== undefined) counts.greedy++;
        if (byZones !== undefined) counts[byZones ? 'valid' : 'invalid']++;
      }),
      { numRuns: 3000 },
    );
    expect(counts.greedy).toBeGreaterThan(500);
    if (unique) expect(Math.min(counts.valid, counts.invalid)).toBeGreaterThan(200);
  });

  test('the contradiction that zones name is in what came before it', () => {
    fc.assert(
      fc.property(tapes(200), (tape) => {
        const history = historyFromTape('register', tape, { ...shape, unique: true });
        const own = table(history);
        const outcome = zonesOf(own, endless)(eventsIn(own)(0));
        if (outcome === 'unfit' || outcome instanceof Int32Array) return;
        const problem = problemOf(
          casRegister(),
          candidatesOf(casRegister(), operationsOf(history), false),
        );
        const invokedAt = own.rows[outcome.blocked + atInvoked]!;
        const number = problem.operations.findIndex((each) => each.invokeIndex === invokedAt);
        const prefix = relax(problem, upTo(problem, problem.events.indexOf(~number)));
        expect(wgl(prefix.problem, limits).kind).toBe('not-linearizable');
      }),
      { numRuns: 3000 },
    );
  });
});

describe('the pass that never goes back', () => {
  const solves = (lines: readonly string[]): boolean =>
    said(historyFrom(lines), false).greedy === true;
  const writes = ['0 invoke write 1', '1 invoke write 2', '2 invoke read'];

  test('lets a write go before another that would hide it, once all who need its value wait', () => {
    const early = [...writes, '1 ok write 2', '0 ok write 1', '2 ok read 1'];
    expect(solves([...early, '3 invoke read', '3 ok read 2'])).toBe(true);
    const late = [...writes, '1 ok write 2', '2 ok read 2', '3 invoke read', '3 ok read 1'];
    expect(solves([...late, '0 ok write 1'])).toBe(true);
  });

  test('lets what needs the present value go before a write that hides it', () => {
    const both = ['0 invoke write 1', '0 ok write 1', '0 invoke cas [1,2]', '1 invoke write 3'];
    expect(solves([...both, '1 ok write 3', '0 ok cas [1,2]'])).toBe(true);
  });

  test('finds a chain of operations that leads to what returns', () => {
    const chain = ['0 invoke cas [2,3]', '1 invoke cas [1,2]', '2 invoke write 1', '3 invoke read'];
    expect(solves([...chain, '3 ok read 3', '0 ok cas [2,3]', '1 ok cas [1,2]'])).toBe(true);
    expect(
      solves(['0 invoke cas [2,3]', '1 invoke cas [1,2]', '3 invoke read', '3 ok read 3']),
    ).toBe(false);
  });

  test('gives up where there are too many ways to look for a chain', () => {
    const lost = Array.from({ length: 100 }, (_, process) => [
      `${process} invoke cas [1,2]`,
      `${process + 100} invoke cas [3,1]`,
      `${process + 200} invoke cas [4,3]`,
    ]).flat();
    const own = table(historyFrom([...lost, '999 invoke read', '999 ok read 2']));
    const pass = passOver(own);
    expect(greedy(pass, eventsIn(own)(0), endless)).toBeUndefined();
    expect(pass.tries).toBe(1000);
  });

  test('looks ahead of the first that is not alone, too', () => {
    const alone = ['0 invoke write 1', '0 ok write 1', '1 invoke read'];
    const both = ['2 invoke write 1', '3 invoke write 2', '1 ok read 1', '3 ok write 2'];
    const later = ['4 invoke read', '4 ok read 2', '2 ok write 1', '4 invoke read', '4 ok read 1'];
    expect(solves([...alone, ...both, ...later])).toBe(true);
  });

  test('says of each of many objects what it says of it alone, and forgets it', () => {
    const shape = { operationsMax: 20, processes: 3, lieEvery: 10, values: 4 };
    fc.assert(
      fc.property(fc.array(tapes(60), { minLength: 2, maxLength: 4 }), (drawn) => {
        const histories = drawn.map((tape) => historyFromTape('cas-register', tape, shape));
        const own = table(sideBySide(histories));
        const pass = passOver(own);
        for (const [object, key] of own.keys.entries()) {
          expect(greedy(pass, eventsIn(own)(object), endless) !== undefined).toBe(
            said(histories[key as number]!, false).greedy === true,
          );
          expect(pass.nextNeed).toEqual(new Int32Array(own.values));
          expect(pass.waiting).toEqual(new Int32Array(own.values));
        }
      }),
    );
  });
});

describe('a witness in a table', () => {
  const own = table(
    historyFrom([
      '0 invoke write 1',
      '0 ok write 1',
      '1 invoke write 2',
      '2 invoke read',
      '2 ok read 1',
      '1 ok write 2',
    ]),
  );
  const numbers = [...eventsIn(own)(0).filter((event) => event >= 0), -1];
  const accepts = (...order: number[]) =>
    ordersIn(own)(
      0,
      Int32Array.from(order, (at) => numbers[at]!),
    );

  test('is an order of all that happened', () => {
    expect(accepts(0, 2, 1)).toBe(true);
  });

  test.each([
    ['an operation is missing', [0, 2]],
    ['one stands twice', [0, 2, 2, 1]],
    ['one is not legal where it stands', [0, 1, 2]],
    ['one comes after what was called when it had returned', [1, 0, 2]],
    ['one is of no operation of the object', [0, 2, 1, 3]],
  ])('is none when %s', (_, order) => {
    expect(accepts(...order)).toBe(false);
  });
});

describe('a table', () => {
  test('is not for what has no effect, nor for what is not well formed', () => {
    const appended = historyFrom(['0 invoke append "x"', '0 ok append "x"']);
    expect(tableOf(columnsOfEntries(appended.entries)!, kv(), false, endless)).toBeUndefined();
    const broken = historyFrom(['0 ok write 1']);
    expect(
      tableOf(columnsOfEntries(broken.entries)!, casRegister(), false, endless),
    ).toBeUndefined();
  });

  test('keeps keys apart, whatever is decided of each', () => {
    const bad = ['0 invoke a:write 1', '0 ok a:write 1', '0 invoke a:read', '0 ok a:read 2'];
    const good = ['1 invoke b:write 2', '1 ok b:write 2', '1 invoke b:read', '1 ok b:read 2'];
    const own = table(historyFrom([...bad, ...good]));
    const { violations, undecided } = judgeQuickly(own, ordersIn(own), endless);
    const [, read] = eventsIn(own)(0).filter((event) => event >= 0);
    expect(violations).toEqual([{ object: 0, blocked: read }]);
    expect(undecided).toEqual([]);
  });
});

describe('a budget that ends in a linear pass', () => {
  /** Ends after so many bits of work. */
  const ending = (ticks: number) => {
    let left = ticks;
    return {
      tick() {
        if (left-- === 0) throw new BudgetEnded();
      },
      takeMemory() {},
    };
  };
  const bad = ['0 invoke a:write 1', '0 ok a:write 1', '0 invoke a:read', '0 ok a:read 2'];
  const good = ['1 invoke b:write 2', '1 ok b:write 2', '1 invoke b:read', '1 ok b:read 2'];
  const { entries } = historyFrom([...bad, ...good]);

  test('leaves undecided what is not decided, and takes back nothing', () => {
    const seen = new Set<string>();
    for (let ticks = 0; ticks < 40; ticks++) {
      const own = table(historyFrom([...bad, ...good]));
      const { violations, undecided } = judgeQuickly(own, ordersIn(own), ending(ticks));
      expect(violations.every(({ object }) => object === 0)).toBe(true);
      seen.add(JSON.stringify([violations.length, undecided]));
    }
    expect([...seen]).toEqual(['[0,[0,1]]', '[1,[1]]', '[1,[]]']);
  });

  test('ends the reading of a history', () => {
    const operations = entries.length / 2;
    for (let ticks = 0; ticks < operations; ticks++)
      expect(() =>
        tableOf(columnsOfEntries(entries)!, casRegister(), false, ending(ticks)),
      ).toThrowError(BudgetEnded);
    expect(
      tableOf(columnsOfEntries(entries)!, casRegister(), false, ending(operations)),
    ).toBeDefined();
  });
});
