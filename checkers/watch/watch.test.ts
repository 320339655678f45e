import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Entry } from '../../src/core/history/entry.ts';
import { judged, tapes, verdictOf } from '../claims/reference.fixture.ts';
import { historyOf } from '../linearizability/histories.fixture.ts';

type Event = readonly [revision: number, key: string, value: number];

const write = (value: number, revision: number, key = 'k') => [
  `0 invoke ${key}:write ${value}`,
  `0 ok ${key}:write ${revision}`,
];
const watched = (process: number, events: readonly Event[], from?: number) => [
  `${process} invoke watch ${from === undefined ? 'null' : JSON.stringify({ from })}`,
  `${process} ok watch ${JSON.stringify(events)}`,
];
const [one, two, three] = [
  [1, 'k', 10],
  [2, 'k', 20],
  [3, 'k', 30],
] as const;
const written = [...write(10, 1), ...write(20, 2), ...write(30, 3)];

describe('watch', () => {
  test('an event between two that were seen is missing, one before or after them is not', async () => {
    expect(await judged('watch', [...written, ...watched(1, [one, three])])).toMatchObject({
      verdict: { verdict: 'invalid', kind: 'safety' },
      summary: 'watch 1 goes from 1 to 3 and has not revision 2 of k',
      findings: [{ type: 'missing-event', entries: [7, 3] }],
    });
    expect(await verdictOf('watch', [...written, ...watched(1, [two])])).toBe('valid');
  });

  test('a watch that is resumed has everything from where it was asked to begin', async () => {
    const first = [...written, ...watched(1, [one])];
    expect(await verdictOf('watch', [...first, ...watched(1, [two, three], 2)])).toBe('valid');
    expect(await verdictOf('watch', [...first, ...watched(1, [three], 2)])).toMatch(
      /missing-event/,
    );
    expect(await verdictOf('watch', [...first, ...watched(1, [one, two], 1)])).toBe('valid');
    expect(await verdictOf('watch', [...first, ...watched(1, [one, two], 2)])).toMatch(
      /event-before-start/,
    );
  });

  test('events out of order, twice, or of one revision in two answers are found', async () => {
    for (const [events, type] of [
      [[two, one], 'unordered-event'],
      [[one, one], 'repeated-event'],
    ] as const)
      expect(await verdictOf('watch', [...written, ...watched(1, events)])).toContain(type);
    const together = [...write(1, 1, 'a'), ...write(2, 1, 'b')];
    const [a, b] = [
      [1, 'a', 1],
      [1, 'b', 2],
    ] as const;
    expect(await verdictOf('watch', [...together, ...watched(1, [a, b])])).toBe('valid');
    expect(await verdictOf('watch', [...together, ...watched(1, [a]), ...watched(1, [b])])).toBe(
      'invalid (safety): split-revision',
    );
  });

  test('an answer that was lost may have had what is missing, until the watch is resumed', async () => {
    const lost = [...written, ...watched(1, [one]), '1 invoke watch', '1 info watch'];
    expect(await verdictOf('watch', [...lost, ...watched(1, [three])])).toBe('valid');
    expect(await verdictOf('watch', [...lost, ...watched(1, [three], 2)])).toMatch(/missing-event/);
    const resumed = [...lost, ...watched(1, [one], 1)];
    expect(await verdictOf('watch', [...resumed, ...watched(1, [three])])).toMatch(/missing-event/);
  });

  test('of two answers of a watch at the same time nobody knows which came first', async () => {
    const asked = ['1 invoke watch {"watch":"w"}', '2 invoke watch {"watch":"w"}'];
    const answer = (process: number, event: Event) =>
      `${process} ok watch ${JSON.stringify([event])}`;
    const [first, second] = asked as [string, string];
    const events = [answer(2, two), answer(1, one)] as const;
    expect(await verdictOf('watch', [...written, first, second, ...events])).toBe('valid');
    const apart = [...written, second, events[0], first, events[1]];
    expect(await verdictOf('watch', apart)).toMatch(/unordered-event/);
  });

  test('a process has a watch for each key', async () => {
    const lines = [...write(1, 1, 'a'), ...write(2, 2, 'b')];
    const of = (key: string, event: Event) => [
      `1 invoke ${key}:watch`,
      `1 ok ${key}:watch ${JSON.stringify([event])}`,
    ];
    const both = [...lines, ...of('b', [2, 'b', 2]), ...of('a', [1, 'a', 1])];
    expect(await verdictOf('watch', both)).toBe('valid');
  });

  test('what another watch or a write contradicts, or nobody wrote, is found', async () => {
    const other = [...written, ...write(11, 4), ...watched(1, [[1, 'k', 11]])];
    expect(await verdictOf('watch', other)).toMatch(/inconsistent-event/);
    expect(await verdictOf('watch', [...written, ...watched(1, [[4, 'k', 77]])])).toMatch(
      /unexpected-event/,
    );
    const unknown = ['0 invoke k:write 77', '0 info k:write 77'];
    expect(await verdictOf('watch', [...written, ...unknown, ...watched(1, [[4, 'k', 77]])])).toBe(
      'valid',
    );
  });

  test('a watch of one key owes nothing of others, and no event at all says nothing', async () => {
    const lines = [...written, ...write(5, 4, 'j'), ...write(40, 5)];
    const mine = ['1 invoke k:watch', `1 ok k:watch ${JSON.stringify([three, [5, 'k', 40]])}`];
    expect(await verdictOf('watch', [...lines, ...mine])).toBe('valid');
    expect(await verdictOf('watch', [...lines, ...watched(1, [three, [5, 'k', 40]])])).toMatch(
      /missing-event/,
    );
    expect(await verdictOf('watch', lines)).toBe('unknown (vacuous)');
    await expect(judged('watch', ['0 invoke watch', '0 ok watch 3'])).rejects.toThrow('entry 0');
  });
});

/** Writers and three watches of one log, which are now and then cut off and resumed where they were. */
function correct(tape: readonly number[]): Entry[] {
  const entries: Entry[] = [];
  const did = (process: number, f: string, input: unknown, type: Entry['type'], value: unknown) => {
    const named = { process, f, ...(f === 'write' ? { key: 'k' } : {}) };
    for (const each of [
      { type: 'invoke' as const, value: input },
      { type, value },
    ])
      entries.push({ ...named, ...each, index: entries.length, timeNs: entries.length });
  };
  const log: Event[] = [];
  const places = [0, 0, 0];
  const cut = [true, true, true];
  let writers = 10;
  for (const [n, number] of tape.entries()) {
    const watch = (number >> 3) % 3;
    if (number % 3 === 0) {
      log.push([log.length + 1, 'k', n]);
      if (number % 5 === 0) did(writers++, 'write', n, 'info', n);
      else did(writers, 'write', n, 'ok', log.length);
    } else if (number % 7 === 0) {
      did(watch, 'watch', { watch }, 'fail', null);
      cut[watch] = true;
    } else {
      const from = places[watch]!;
      const to = from + (((number >> 5) % (log.length - from + 1)) | 0);
      const asked = cut[watch] ? { watch, from: from + 1 } : { watch };
      if (number % 11 === 0) {
        // The answer is lost, and with it what it had; the watch goes on.
        did(watch, 'watch', asked, 'info', null);
        places[watch] = to;
        cut[watch] = false;
        continue;
      }
      did(watch, 'watch', asked, 'ok', log.slice(from, to));
      places[watch] = to;
      cut[watch] = false;
    }
  }
  return entries;
}

test('correct watches never fail, and an event taken out of the middle of one is named', () =>
  fc.assert(
    fc.asyncProperty(tapes, fc.nat(), async (tape, choice) => {
      const entries = correct(tape);
      expect(await verdictOf('watch', historyOf(entries))).toMatch(/^(valid|unknown)/);
      const wide = entries.filter(
        ({ f, type, value }) => f === 'watch' && type === 'ok' && (value as Event[]).length > 2,
      );
      const victim = wide[choice % wide.length];
      if (victim === undefined) return;
      const events = victim.value as Event[];
      const [revision] = events[1]!;
      const isKnown = entries.some(
        ({ f, type, value }) => f === 'write' && type === 'ok' && value === revision,
      );
      const planted = historyOf(
        entries.with(victim.index, { ...victim, value: events.toSpliced(1, 1) }),
      );
      const { findings } = await judged('watch', planted);
      if (isKnown)
        expect(findings.map(({ type, summary }) => `${type} ${summary}`)).toContainEqual(
          expect.stringMatching(`missing-event .* has not revision ${revision} `) as string,
        );
    }),
    { numRuns: 500 },
  ));

const offsets = [null, 1, 2, 3];
const allLogs = offsets.flatMap((a) => offsets.flatMap((b) => offsets.map((c) => [a, b, c])));

test('small histories are judged as trying all logs judges them', async () => {
  const counts = { valid: 0, invalid: 0 };
  const revision = fc.constantFrom(null, 1, 2, 3);
  const answers = fc
    .tuple(
      fc.subarray([1, 2, 3], { minLength: 1 }),
      fc.shuffledSubarray([0, 1, 2], { minLength: 3 }),
    )
    .map(([revisions, values]) => revisions.map((at): Event => [at, 'k', values[at - 1]!]));
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(revision, revision, revision),
      fc.array(fc.tuple(answers, revision), { minLength: 1, maxLength: 3 }),
      async (writes, watches) => {
        const lines = [
          ...writes.flatMap((at, value) =>
            at === null
              ? [`${20 + value} invoke k:write ${value}`, `${20 + value} info k:write ${value}`]
              : write(value, at),
          ),
          ...watches.flatMap(([events, from], i) => watched(30 + i, events, from ?? undefined)),
        ];
        const { verdict } = await judged('watch', lines);
        const isExplained = allLogs.some((log) => {
          const used = log.filter((at) => at !== null);
          return (
            new Set(used).size === used.length &&
            writes.every((at, value) => at === null || log[value] === at) &&
            watches.every(([events, from]) => {
              const [begin, end] = [from ?? events[0]![0], events.at(-1)![0]];
              const due = log
                .flatMap((at, value) => (at === null ? [] : [[at, 'k', value] as Event]))
                .filter(([at]) => begin <= at && at <= end)
                .toSorted(([a], [b]) => a - b);
              return JSON.stringify(due) === JSON.stringify(events);
            })
          );
        });
        // The same value at two revisions is no contradiction for a watch, but there is no such log here.
        const places = new Map<number, Set<number>>();
        for (const [events] of watches)
          for (const [at, , value] of events)
            places.set(value, (places.get(value) ?? new Set()).add(at));
        for (const [value, at] of writes.entries())
          if (at !== null) places.set(value, (places.get(value) ?? new Set()).add(at));
        if ([...places.values()].some(({ size }) => size > 1)) return;
        const expected = isExplained ? 'valid' : 'invalid';
        counts[expected]++;
        expect(verdict.verdict).toBe(expected);
      },
    ),
    { numRuns: 5000 },
  );
  expect(Math.min(counts.valid, counts.invalid)).toBeGreaterThan(50);
});
