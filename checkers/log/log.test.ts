import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { History } from '../../src/core/history/entry.ts';
import { historyOfReference, judged, tapes, verdictOf } from '../claims/reference.fixture.ts';
import type { Reference } from '../claims/reference.fixture.ts';
import { historyOf } from '../linearizability/histories.fixture.ts';

const send = (process: number, value: number, offset: number) => [
  `${process} invoke k:send ${value}`,
  `${process} ok k:send ${offset}`,
];
const poll = (process: number, records: readonly [number, number][]) => [
  `${process} invoke k:poll`,
  `${process} ok k:poll ${JSON.stringify(records)}`,
];
const sent = [...send(0, 10, 0), ...send(0, 11, 1), ...send(0, 12, 2)];
const alone = { consumersAlone: true };

describe('log', () => {
  test('an acknowledged record that is passed over and polled by nobody is lost', async () => {
    const lines = [
      ...sent,
      ...poll(1, [
        [0, 10],
        [2, 12],
      ]),
    ];
    expect(await judged('log', lines)).toMatchObject({
      verdict: { verdict: 'invalid', kind: 'safety' },
      summary: 'the record at offset 1 of "k" was acknowledged, passed over, and polled by nobody',
      findings: [{ type: 'lost-record', entries: [7, 3] }],
    });
    const whole = [
      ...sent,
      ...poll(1, [
        [0, 10],
        [1, 11],
      ]),
      ...poll(1, [[2, 12]]),
    ];
    expect(await verdictOf('log', whole)).toBe('valid');
  });

  test('between two answers, or before the first, only a consumer that reads alone passes over', async () => {
    const apart = [...sent, ...poll(1, [[0, 10]]), ...poll(1, [[2, 12]])];
    expect(await verdictOf('log', apart)).toBe('valid');
    expect(await verdictOf('log', apart, alone)).toBe('invalid (safety): lost-record');
    const late = [
      ...sent,
      ...poll(1, [
        [1, 11],
        [2, 12],
      ]),
    ];
    expect(await verdictOf('log', late)).toBe('valid');
    expect(await verdictOf('log', late, alone)).toBe('invalid (safety): lost-record');
    const other = [
      ...apart,
      ...poll(2, [
        [0, 10],
        [1, 11],
      ]),
    ];
    expect(await verdictOf('log', other, alone)).toBe('invalid (safety): skipped-record');
  });

  test('a poll that was not answered may have gone on, and nothing is said of what follows it', async () => {
    const lines = [...sent, ...poll(1, [[0, 10]]), '1 invoke k:poll', '1 info k:poll'];
    const after = poll(1, [[2, 12]]);
    expect(await verdictOf('log', [...lines, ...after], alone)).toBe('valid');
    expect(await verdictOf('log', [...lines.slice(0, -2), ...after], alone)).toMatch(/lost-record/);
    const back = poll(1, [
      [0, 10],
      [1, 11],
    ]);
    expect(await verdictOf('log', [...lines, ...after, ...back], alone)).toBe('valid');
  });

  test('a send that was acknowledged without an offset has been sent, one of another record is refused', async () => {
    const lines = ['0 invoke k:send 10', '0 ok k:send null', ...send(0, 11, 1)];
    const all = poll(1, [
      [0, 10],
      [1, 11],
    ]);
    expect(await verdictOf('log', [...lines, ...all])).toBe('valid');
    await expect(judged('log', ['0 invoke k:send 7', '0 ok k:send [0,8]'])).rejects.toThrow(
      'entry 1: send has [0,8] where [offset, 7] is due',
    );
  });

  test('an offset with two records, and a record at two offsets, are found', async () => {
    expect(await verdictOf('log', [...sent, ...poll(1, [[0, 11]])])).toMatch(/inconsistent-offset/);
    const moved = [
      ...sent,
      ...poll(1, [
        [0, 10],
        [1, 11],
        [2, 12],
        [3, 10],
      ]),
    ];
    expect(await verdictOf('log', moved)).toBe('invalid (safety): duplicated-record');
    const again = [...sent, '0 invoke k:send 10', '0 info k:send 10'];
    expect(
      await verdictOf('log', [
        ...again,
        ...poll(1, [
          [0, 10],
          [1, 11],
          [2, 12],
          [3, 10],
        ]),
      ]),
    ).toBe('valid');
  });

  test('offsets that fall are found: in an answer, from send to send, from poll to poll', async () => {
    expect(
      await verdictOf('log', [
        ...sent,
        ...poll(1, [
          [1, 11],
          [0, 10],
        ]),
      ]),
    ).toMatch(/unordered-poll/);
    const fell = [
      ...send(0, 11, 1),
      ...send(0, 10, 0),
      ...poll(1, [
        [0, 10],
        [1, 11],
      ]),
    ];
    expect(await verdictOf('log', fell)).toBe('invalid (safety): unordered-sends');
    const whole = [
      ...sent,
      ...poll(1, [
        [0, 10],
        [1, 11],
        [2, 12],
      ]),
    ];
    const back = [...whole, ...poll(1, [[1, 11]])];
    expect(await verdictOf('log', back)).toBe('valid');
    expect(await verdictOf('log', back, alone)).toBe('invalid (safety): consumer-went-back');
    expect(await verdictOf('log', [...whole, ...poll(1, [[0, 10]])], alone)).toBe('valid');
  });

  test('what nobody sent, or only in vain, is unexpected; an unknown send explains', async () => {
    const read = poll(1, [[0, 7]]);
    expect(await verdictOf('log', [...send(0, 8, 1), ...read])).toMatch(/unexpected-record/);
    const failed = ['2 invoke k:send 7', '2 fail k:send 7'];
    expect(await verdictOf('log', [...failed, ...send(0, 8, 1), ...read])).toMatch(/unexpected/);
    const unknown = ['2 invoke k:send 7', '2 info k:send 7'];
    expect(await verdictOf('log', [...unknown, ...send(0, 8, 1), ...read])).toBe('valid');
  });

  test('Jepsen’s transactions of sends and polls are read', async () => {
    const lines = [
      '0 invoke txn [["send","k",10],["send","k",11]]',
      '0 ok txn [["send","k",[0,10]],["send","k",[1,11]]]',
      '1 invoke poll [["poll"]]',
      '1 ok poll [["poll",{"k":[[1,11]]}]]',
    ];
    expect(await verdictOf('log', lines)).toBe('valid');
    expect(await verdictOf('log', lines.with(3, '1 ok poll [["poll",{"k":[[1,12]]}]]'))).toMatch(
      /inconsistent-offset/,
    );
  });

  test('nothing acknowledged or nothing polled says nothing, another shape is refused', async () => {
    expect(await verdictOf('log', sent)).toBe('unknown (vacuous)');
    expect(await verdictOf('log', poll(1, []))).toBe('unknown (vacuous)');
    await expect(judged('log', ['0 invoke k:poll', '0 ok k:poll 3'])).rejects.toThrow('entry 0');
  });
});

const appending = (): Reference => {
  const records: unknown[] = [];
  return {
    draw: (draw, n) =>
      draw(2) === 0 ? { f: 'send', key: 'k', value: n } : { f: 'poll', key: 'k', value: draw(4) },
    happen({ f, value }) {
      if (f === 'send') return { type: 'ok', value: records.push(value) - 1 };
      const all = records.map((record, offset) => [offset, record]);
      return { type: 'ok', value: all };
    },
  };
};

const correct = (tape: readonly number[]): History =>
  historyOfReference(appending(), tape, {
    threads: 4,
    last: [{ f: 'poll', key: 'k', value: null }],
  });

test.each([{}, alone])('a correct log never fails, %j', (options) =>
  fc.assert(
    fc.asyncProperty(tapes, async (tape) => {
      expect(await verdictOf('log', correct(tape), options)).toMatch(
        /^(valid|unknown \(vacuous\))$/,
      );
    }),
    { numRuns: 500 },
  ),
);

test('a record that is taken out of every poll, though others follow it, is named', () =>
  fc.assert(
    fc.asyncProperty(tapes, fc.nat(), async (tape, choice) => {
      const { entries } = correct(tape);
      const acknowledged = entries.filter(({ f, type }) => f === 'send' && type === 'ok');
      const records = (entries.at(-1)!.value as [number, number][]).slice(1, -1);
      const possible = records.filter(([offset]) =>
        acknowledged.some(({ value }) => value === offset),
      );
      const gone = possible[choice % possible.length]?.[0];
      if (gone === undefined) return;
      const without = (value: unknown) =>
        (value as [number, number][]).filter(([at]) => at !== gone);
      const planted = [...entries];
      for (const [i, entry] of entries.entries())
        if (entry.f === 'poll' && entry.type === 'ok')
          planted[i] = { ...entry, value: without(entry.value) };
      const { findings } = await judged('log', historyOf(planted));
      expect(findings.map(({ type, summary }) => `${type} ${summary}`)).toEqual([
        expect.stringContaining(`lost-record the record at offset ${gone} `) as string,
      ]);
    }),
    { numRuns: 300 },
  ));

type Placed = readonly [offset: number, value: number];

/** Every way to give the values 0, 1 and 2 an offset each, or none. */
const allLogs = [null, 0, 1, 2].flatMap((a) =>
  [null, 0, 1, 2].flatMap((b) => [null, 0, 1, 2].map((c) => [a, b, c])),
);

/** Whether one log explains all: acknowledged records are where it was said, and each poll has all between its ends. */
const isExplained = (sends: readonly (number | null)[], polls: readonly (readonly Placed[])[]) =>
  allLogs.some((log) => {
    const offsets = log.filter((offset) => offset !== null);
    return (
      new Set(offsets).size === offsets.length &&
      sends.every((offset, value) => offset === null || log[value] === offset) &&
      polls.every((poll) => {
        const [first, last] = [poll[0]![0], poll.at(-1)![0]];
        const between = log
          .flatMap((offset, value) => (offset === null ? [] : [[offset, value] as Placed]))
          .filter(([offset]) => first <= offset && offset <= last)
          .toSorted(([a], [b]) => a - b);
        return JSON.stringify(between) === JSON.stringify(poll);
      })
    );
  });

test('small logs are judged as trying all logs judges them', async () => {
  const counts = { valid: 0, invalid: 0 };
  const offset = fc.constantFrom(null, 0, 1, 2);
  const records = fc
    .tuple(
      fc.subarray([0, 1, 2], { minLength: 1 }),
      fc.shuffledSubarray([0, 1, 2], { minLength: 3 }),
    )
    .map(([offsets, values]) => offsets.map((at): [number, number] => [at, values[at]!]));
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(offset, offset, offset),
      fc.array(records, { minLength: 1, maxLength: 3 }),
      async (sends, polls) => {
        const lines = [
          ...sends.flatMap((at, value) =>
            at === null
              ? [`${value} invoke k:send ${value}`, `${value} info k:send ${value}`]
              : send(value, value, at),
          ),
          ...polls.flatMap((each, i) => poll(10 + i, each)),
        ];
        const { verdict } = await judged('log', lines);
        if (verdict.verdict === 'unknown') return;
        const expected = isExplained(sends, polls) ? 'valid' : 'invalid';
        counts[expected]++;
        expect(verdict.verdict).toBe(expected);
      },
    ),
    { numRuns: 5000 },
  );
  expect(Math.min(counts.valid, counts.invalid)).toBeGreaterThan(100);
});

/** Three records; two consumers, each of which begins at the start, goes on, is not answered, or begins again. */
const consumers = fc.array(
  fc.record({
    process: fc.constantFrom(10, 11),
    records: fc.oneof(fc.subarray([0, 1, 2]), fc.constant('unknown' as const)),
  }),
  { minLength: 1, maxLength: 6 },
);

/** Whether each answer is where its consumer may be in a log with these records, wherever unknown polls have led. */
function isFollowed(log: readonly number[], polls: readonly Consumed[]): boolean {
  const places = new Map<number, number | 'anywhere'>();
  return polls.every(({ process, records }) => {
    const place = places.get(process) ?? 0;
    if (records === 'unknown') places.set(process, 'anywhere');
    if (records === 'unknown' || records.length === 0) return true;
    const from = log.indexOf(records[0]!);
    const isRun = records.every((record, i) => log[from + i] === record);
    if (place !== 'anywhere') places.set(process, from + records.length);
    return from >= 0 && isRun && (place === 'anywhere' || from === place || from === 0);
  });
}

interface Consumed {
  readonly process: number;
  readonly records: readonly number[] | 'unknown';
}

test('consumers alone are judged as following each through every log judges them', async () => {
  const counts = { valid: 0, invalid: 0 };
  await fc.assert(
    fc.asyncProperty(
      fc.subarray([0, 1, 2], { minLength: 1 }),
      consumers,
      async (acknowledged, polls) => {
        const lines = [0, 1, 2].flatMap((record) =>
          acknowledged.includes(record)
            ? send(record, record, record)
            : [`${record} invoke k:send ${record}`, `${record} info k:send ${record}`],
        );
        for (const { process, records } of polls)
          lines.push(
            ...(records === 'unknown'
              ? [`${process} invoke k:poll`, `${process} info k:poll`]
              : poll(
                  process,
                  records.map((record) => [record, record]),
                )),
          );
        const { verdict } = await judged('log', lines, alone);
        if (verdict.verdict === 'unknown') return;
        const isPossible = [0, 1, 2, 3, 4, 5, 6, 7]
          .map((choice) => [0, 1, 2].filter((record) => (choice >> record) % 2 === 1))
          .filter((log) => acknowledged.every((record) => log.includes(record)))
          .some((log) => isFollowed(log, polls));
        const expected = isPossible ? 'valid' : 'invalid';
        counts[expected]++;
        expect(verdict.verdict).toBe(expected);
      },
    ),
    { numRuns: 5000 },
  );
  expect(Math.min(counts.valid, counts.invalid)).toBeGreaterThan(300);
});
