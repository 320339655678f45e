/** One planted anomaly of every name, found and named exactly, with the levels that it excludes; and a neighbour without it. */
import { describe, expect, test } from 'vitest';
import type { History } from '../../../src/core/history/entry.ts';
import { checkSteps, judged, overlapping } from '../check.fixture.ts';

/** All begin before any completes, in the order of their clients, so that no real time stands between them. */
const together = (...lines: readonly string[]): History =>
  overlapping([
    ...lines.map((line, client) => `${client} ${line}`),
    ...lines.map((_, c) => `${c}`),
  ]);

const planted: readonly [anomaly: string, not: readonly string[], history: History][] = [
  [
    'duplicate-elements',
    ['read-uncommitted'],
    together('ok: append x 1', 'ok: append x 2', 'ok: r x [1, 2, 1]'),
  ],
  [
    'incompatible-order',
    ['read-committed'],
    together('ok: append x 1', 'ok: append x 2', 'ok: r x [1, 2]', 'ok: r x [2]'),
  ],
  ['incompatible-order', ['read-committed'], together('ok: append x 1, append x 2', 'ok: r x [2]')],
  [
    'incompatible-order',
    ['read-committed'],
    together('ok: append x 1, append x 2', 'ok: append x 3', 'ok: r x [2, 1, 3]'),
  ],
  ['thin-air-read', ['read-committed'], together('ok: append x 1', 'ok: r x [7]')],
  ['G1a', ['read-committed'], together('fail: append x 1', 'ok: r x [1]')],
  ['G1b', ['read-committed'], together('ok: append x 1, append x 2', 'ok: r x [1]')],
  ['future-read', ['read-committed'], together('ok: r x [1], append x 1')],
  ['internal', ['read-atomic'], together('ok: append x 1', 'ok: append x 2, r x [1]')],
  [
    'dirty-update',
    ['read-committed'],
    together(
      'fail: append x 1',
      'ok: append x 2',
      'info: append x 3',
      'ok: append x 4, r x [1, 2, 3, 4]',
    ),
  ],
  [
    'lost-update',
    ['cursor-stability', 'update-atomic'],
    together('ok: r x [], append x 1', 'ok: r x [], append x 2'),
  ],
  [
    'G0',
    ['read-uncommitted'],
    together(
      'ok: append x 1, append y 2',
      'ok: append x 2, append y 1',
      'ok: r x [1, 2]',
      'ok: r y [1, 2]',
    ),
  ],
  ['G1c', ['read-committed'], together('ok: append x 1, r y [1]', 'ok: append y 1, r x [1]')],
  [
    'G-single-item',
    ['consistent-view', 'repeatable-read'],
    together('ok: append x 1, append y 1', 'ok: r x [1], r y []'),
  ],
  [
    'G-nonadjacent-item',
    ['repeatable-read', 'snapshot-isolation'],
    together('ok: append x 1', 'ok: append y 1', 'ok: r x [1], r y []', 'ok: r y [1], r x []'),
  ],
  ['G2-item', ['repeatable-read'], together('ok: r x [], append y 1', 'ok: r y [], append x 1')],
];

/** The same cycles where one arrow is the order of a client, or real time: `a` and `b` are done one after the other. */
const ordered = (a: number, b: number): readonly [cycle: string, history: History][] => [
  [
    'G0',
    overlapping([
      '9 ok: r x [1, 2]',
      `${a} ok: append x 2`,
      `${a}`,
      `${b} ok: append x 1`,
      `${b}`,
      '9',
    ]),
  ],
  ['G1c', overlapping([`${a} ok: r x [1]`, `${a}`, `${b} ok: append x 1`, `${b}`])],
  ['G-single-item', overlapping([`${a} ok: append x 1`, `${a}`, `${b} ok: r x []`, `${b}`])],
  [
    'G-nonadjacent-item',
    overlapping([
      '8 ok: append x 1',
      '9 ok: append y 1',
      '7 ok: r y [1], r x []',
      `${a} ok: r x [1]`,
      `${a}`,
      `${b} ok: r y []`,
      `${b}`,
      '7',
      '8',
      '9',
    ]),
  ],
  [
    'G2-item',
    overlapping([
      '9 ok: r x [], append y 1',
      `${a} ok: append x 1`,
      `${a}`,
      `${b} ok: r y []`,
      `${b}`,
      '9',
    ]),
  ],
];

describe('of list-append', () => {
  test.each(planted)('%s is found, and excludes %j', async (anomaly, not, history) => {
    const result = await judged('list-append', history);
    const { isolation, findings, verdict } = result;
    const isCycle = (name: string) => /^G(0|1c|2|-)/.test(name);
    expect(checkSteps(result)).toBe(isolation!.anomalyTypes.filter(isCycle).length);
    const found = isolation!.anomalyTypes;
    // A failed element is in the list that a read shows, and a lost update is a cycle too where both appends are seen.
    const companions =
      anomaly === 'dirty-update' ? ['G1a'] : anomaly === 'lost-update' ? ['G2-item'] : [];
    expect(found.toSorted()).toEqual([anomaly, ...companions].toSorted());
    expect(isolation!.not).toEqual(expect.arrayContaining([...not]));
    expect(verdict).toEqual({ verdict: 'invalid', kind: 'safety' });
    expect(findings.some(({ type, kind }) => type === anomaly && kind === 'safety')).toBe(true);
    for (const { summary } of findings) expect(summary).not.toContain('undefined');
  });

  test.each(ordered(0, 0))(
    '%s-process is found where it needs the order of a client',
    async (cycle, history) => {
      const result = await judged('list-append', history);
      expect(result.isolation!.anomalyTypes).toEqual([`${cycle}-process`]);
      expect(checkSteps(result)).toBe(1);
    },
  );

  test.each(ordered(0, 1))(
    '%s-realtime is found where it needs real time',
    async (cycle, history) => {
      const result = await judged('list-append', history);
      expect(result.isolation!.anomalyTypes).toEqual([`${cycle}-realtime`]);
      expect(checkSteps(result)).toBe(1);
    },
  );
});
