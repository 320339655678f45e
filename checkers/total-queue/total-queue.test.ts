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

/** Whether some choice of what unknown dequeues took leaves nothing inside when the queue was seen empty. */
function isExplained(operations: readonly Operation[]): boolean {
  const of = (f: string, outcome: string) =>
    operations.filter((each) => each.f === f && each.outcome === outcome);
  const empty = [
    ...of('drain', 'ok'),
    ...of('dequeue', 'ok').filter(({ output }) => output === null),
  ];
  const out = [
    ...of('dequeue', 'ok').filter(({ output }) => output !== null),
    ...of('drain', 'ok').flatMap(({ output, completeIndex }) =>
      (output as unknown[]).map((one) => ({ output: one, completeIndex })),
    ),
  ];
  const enqueues = [...of('enqueue', 'ok'), ...of('enqueue', 'info')];
  if (
    out.some(
      (each) =>
        !enqueues.some((e) => e.input === each.output && e.invokeIndex < each.completeIndex!),
    )
  )
    return false;
  return empty.every((seen) => {
    const inside = of('enqueue', 'ok')
      .filter(({ completeIndex }) => completeIndex! < seen.invokeIndex)
      .filter(({ input }) => !out.some(({ output }) => output === input));
    const takers = of('dequeue', 'info').filter((each) => each.invokeIndex < seen.completeIndex!);
    return inside.length <= takers.length;
  });
}

test('every small history is judged as trying all takers judges it', async () => {
  const kinds: Kind[] = [
    { f: 'enqueue', value: 1, type: 'ok' },
    { f: 'enqueue', value: 2, type: 'ok' },
    { f: 'enqueue', value: 2, type: 'info' },
    { f: 'enqueue', value: 1, type: 'fail' },
    { f: 'dequeue', value: 1, type: 'ok' },
    { f: 'dequeue', value: null, type: 'ok' },
    { f: 'dequeue', value: null, type: 'info' },
    { f: 'drain', value: [], type: 'ok' },
    { f: 'drain', value: [2], type: 'ok' },
  ];
  const counts = { valid: 0, invalid: 0 };
  for (const history of allHistories(kinds, 3)) {
    const { verdict } = await judged('total-queue', history);
    const operations = operationsOf(history);
    const distinct = operations.filter(({ f, input, outcome }, i) =>
      f === 'enqueue' && outcome !== 'fail'
        ? operations.findIndex(
            (each) => each.f === f && each.outcome !== 'fail' && each.input === input,
          ) === i
        : true,
    );
    if (verdict.verdict === 'unknown' || distinct.length < operations.length) continue;
    const expected = isExplained(operations) ? 'valid' : 'invalid';
    counts[expected]++;
    if (verdict.verdict !== expected) expect(history.entries).toBe(expected);
  }
  expect(Math.min(counts.valid, counts.invalid)).toBeGreaterThan(300);
});
