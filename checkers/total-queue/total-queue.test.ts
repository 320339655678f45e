import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { History } from '../../src/core/history/entry.ts';
import type { Operation } from '../../src/core/history/operation.ts';
import { historyOfReference, judged, tapes, verdictOf } from '../claims/reference.fixture.ts';
import type { Reference } from '../claims/reference.fixture.ts';
import { allHistories, historyOf, operationsOf } from '../linearizability/histories.fixture.ts';
import type { Kind } from '../linearizability/histories.fixture.ts';

const queueing = (): Reference => {
  const inside: unknown[] = [];
  return {
    draw: (draw, n) =>
      draw(3) > 0
        ? { f: 'enqueue', value: n }
        : { f: draw(8) > 0 ? 'dequeue' : 'drain', value: null },
    happen({ f, value }) {
      if (f === 'drain') return { type: 'ok', value: inside.splice(0) };
      if (f === 'dequeue') return { type: 'ok', value: inside.shift() ?? null };
      inside.push(value);
      return { type: 'ok', value };
    },
  };
};

const correct = (tape: readonly number[]): History =>
  historyOfReference(queueing(), tape, { threads: 4, last: [{ f: 'drain', value: null }] });

const put = ['0 invoke enqueue 1', '0 ok enqueue 1'];
const drained = ['9 invoke drain', '9 ok drain []'];
const once = { duplicatesAreViolations: true };

describe('total-queue', () => {
  test('an acknowledged element that is gone when the queue is seen empty is lost', async () => {
    expect(await judged('total-queue', [...put, ...drained])).toMatchObject({
      verdict: { verdict: 'invalid', kind: 'safety' },
      summary: 'acknowledged and gone when the queue was seen empty, are lost: 1',
      findings: [{ type: 'lost-element', entries: [3, 1] }],
    });
    for (const empty of ['9 ok dequeue null', '9 fail dequeue null'])
      expect(await verdictOf('total-queue', [...put, '9 invoke dequeue', empty])).toBe(
        empty.includes('ok') ? 'invalid (safety): lost-element' : 'unknown (vacuous)',
      );
  });

  test('it may be inside until the queue is seen empty, and then nothing can be said', async () => {
    expect(await verdictOf('total-queue', put)).toBe('unknown (vacuous)');
    expect(await verdictOf('total-queue', [...drained, ...put])).toBe('unknown (vacuous)');
    const overlapping = [drained[0]!, ...put, drained[1]!];
    expect(await verdictOf('total-queue', overlapping)).toBe('unknown (vacuous)');
  });

  test('a dequeue whose end nobody knows may have taken one, but not two', async () => {
    const taken = ['1 invoke dequeue', '1 info dequeue'];
    expect(await judged('total-queue', [...put, ...taken, ...drained])).toMatchObject({
      verdict: { verdict: 'valid' },
      summary: '1 acknowledged element, 0 came out, 1 may have, in answers that were lost',
    });
    const another = ['0 invoke enqueue 2', '0 ok enqueue 2'];
    expect(await judged('total-queue', [...put, ...another, ...taken, ...drained])).toMatchObject({
      verdict: { verdict: 'invalid' },
      summary:
        'acknowledged and gone when the queue was seen empty, of these 1 at least are lost: 1, 2',
    });
    expect(await verdictOf('total-queue', [...put, ...drained, ...taken])).toMatch(/lost-element/);
  });

  test('who began only after the queue was seen empty has taken nothing that was missing then', async () => {
    const taken = ['1 invoke dequeue', '1 info dequeue'];
    const again = [...put, ...drained, ...taken, ...drained];
    expect(await verdictOf('total-queue', again)).toBe('invalid (safety): lost-element');
    expect(await verdictOf('total-queue', [...put, ...taken, ...drained, ...drained])).toBe(
      'valid',
    );
  });

  test('nothing is no element', async () => {
    await expect(judged('total-queue', ['0 invoke enqueue null'])).rejects.toThrow(
      'entry 0: enqueue has null where an element is due',
    );
    await expect(judged('total-queue', [drained[0]!, '9 ok drain [null]'])).rejects.toThrow(
      'entry 1: drain has [null]',
    );
  });

  test('what nobody put in, or only in vain, or later, is unexpected', async () => {
    const out = ['1 invoke dequeue', '1 ok dequeue 1'];
    const failed = ['0 invoke enqueue 1', '0 fail enqueue 1'];
    for (const lines of [out, [...failed, ...out], [...out, ...put]])
      expect(await verdictOf('total-queue', lines)).toMatch(/unexpected-element/);
  });

  test('an element that comes out twice is worth a note, and a violation where that is asked', async () => {
    const out = ['1 invoke dequeue', '1 ok dequeue 1'];
    const lines = [...put, ...out, ...out, ...drained];
    expect(await verdictOf('total-queue', lines)).toBe('valid: duplicated-element');
    expect(await verdictOf('total-queue', lines, once)).toBe(
      'invalid (safety): duplicated-element',
    );
    expect(await verdictOf('total-queue', [...put, ...out, ...out, ...put], once)).toMatch(
      /^invalid.*duplicated-element/,
    );
    expect(await verdictOf('total-queue', [...put, ...out, ...put, ...out, ...drained], once)).toBe(
      'valid',
    );
  });
});

test.each([{}, once])('a correct queue never fails, %j', (options) =>
  fc.assert(
    fc.asyncProperty(tapes, async (tape) => {
      const verdict = await verdictOf('total-queue', correct(tape), options);
      expect(verdict).toMatch(/^(valid|unknown \(vacuous\))$/);
    }),
    { numRuns: 500 },
  ),
);

test('more elements taken from the last drain than unknown dequeues could have are found', () =>
  fc.assert(
    fc.asyncProperty(tapes, async (tape) => {
      const { entries } = correct(tape);
      const drain = entries.at(-1)!;
      const acknowledged = new Set(
        entries.filter(({ f, type }) => f === 'enqueue' && type === 'ok').map(({ value }) => value),
      );
      const gone = (drain.value as unknown[]).filter((each) => acknowledged.has(each)).length;
      const takers = operationsOf(historyOf(entries)).filter(
        ({ f, outcome }) => f !== 'enqueue' && outcome === 'info',
      );
      if (takers.some(({ f }) => f === 'drain') || gone <= takers.length) return;
      const planted = historyOf(entries.with(drain.index, { ...drain, value: [] }));
      expect(await verdictOf('total-queue', planted)).toMatch(/^invalid.*lost-element/);
    }),
    { numRuns: 500 },
  ));

/**
 * Whether every answer that took something can be given an enqueue, and every other enqueue that was acknowledged before the
 * queue was seen empty somebody who may have taken it by then: all ways to give them are tried.
 */
function isExplained(operations: readonly Operation[]): boolean {
  const isOf = (f: string, outcome: string) => (each: Operation) =>
    each.f === f && each.outcome === outcome;
  const outputOf = ({ f, output }: Operation) => (f === 'drain' ? (output as unknown[]) : [output]);
  const answered = operations.filter(
    (each) => each.f !== 'enqueue' && each.outcome === 'ok' && each.output !== null,
  );
  const taken = answered.flatMap((by) => outputOf(by).map((element) => ({ by, element })));
  const sightings = [
    ...operations.filter(isOf('drain', 'ok')),
    ...operations.filter(isOf('dequeue', 'ok')).filter(({ output }) => output === null),
  ];
  const takers = operations.filter(isOf('dequeue', 'info'));
  const enqueues = operations.filter(({ f, outcome }) => f === 'enqueue' && outcome !== 'fail');
  const isGone = (left: readonly Operation[], free: readonly Operation[]): boolean => {
    const [first, ...others] = left;
    if (first === undefined) return true;
    const due = sightings.filter(({ invokeIndex }) => invokeIndex > first.completeIndex!);
    if (first.outcome === 'info' || due.length === 0) return isGone(others, free);
    return free.some(
      (taker) =>
        due.every(({ completeIndex }) => taker.invokeIndex < completeIndex!) &&
        isGone(
          others,
          free.filter((each) => each !== taker),
        ),
    );
  };
  const isGiven = (at: number, left: readonly Operation[]): boolean => {
    const take = taken[at];
    if (take === undefined) return isGone(left, takers);
    return left.some(
      (enqueue) =>
        enqueue.input === take.element &&
        enqueue.invokeIndex < take.by.completeIndex! &&
        isGiven(
          at + 1,
          left.filter((each) => each !== enqueue),
        ),
    );
  };
  return isGiven(0, enqueues);
}

const enqueued: Kind[] = [
  { f: 'enqueue', value: 1, type: 'ok' },
  { f: 'enqueue', value: 2, type: 'ok' },
  { f: 'enqueue', value: 2, type: 'info' },
  { f: 'enqueue', value: 1, type: 'fail' },
];
const one: Kind = { f: 'dequeue', value: 1, type: 'ok' };
const none: Kind = { f: 'dequeue', value: null, type: 'ok' };
const unknown: Kind = { f: 'dequeue', value: null, type: 'info' };
const nothing: Kind = { f: 'drain', value: [], type: 'ok' };

test.each<[number, readonly Kind[]]>([
  [3, [...enqueued, one, none, unknown, nothing, { f: 'drain', value: [2], type: 'ok' }]],
  [4, [enqueued[0]!, one, unknown, nothing]],
])('every history of %i operations is judged as trying all takers judges it', async (n, kinds) => {
  const counts = { valid: 0, invalid: 0 };
  for (const history of allHistories(kinds, n)) {
    const { verdict } = await judged('total-queue', history, once);
    if (verdict.verdict === 'unknown') continue;
    const expected = isExplained(operationsOf(history)) ? 'valid' : 'invalid';
    counts[expected]++;
    if (verdict.verdict !== expected) expect(history.entries).toBe(expected);
  }
  expect(Math.min(counts.valid, counts.invalid)).toBeGreaterThan(300);
});
