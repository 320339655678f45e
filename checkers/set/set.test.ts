import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { historyOfReference, judged, tapes, verdictOf } from '../claims/reference.fixture.ts';
import type { Reference } from '../claims/reference.fixture.ts';
import { allHistories, historyOf, operationsOf } from '../linearizability/histories.fixture.ts';
import type { Kind } from '../linearizability/histories.fixture.ts';
import type { History } from '../../src/core/history/entry.ts';
import type { Operation } from '../../src/core/history/operation.ts';
import { permutations } from '../registers/anything.fixture.ts';

const growing = (): Reference => {
  const elements = new Set<unknown>();
  return {
    draw: (draw, n) =>
      draw(3) === 0 ? { f: 'read', value: null } : { f: 'add', value: draw(6) === 0 ? n - 1 : n },
    happen({ f, value }) {
      if (f === 'read') return { type: 'ok', value: [...elements] };
      elements.add(value);
      return { type: 'ok', value };
    },
  };
};

const correct = (tape: readonly number[]): History =>
  historyOfReference(growing(), tape, { threads: 4, last: [{ f: 'read', value: null }] });

const strict = { staleIsViolation: true };

describe('set', () => {
  test('a lost element is found and named, with its add and the read', async () => {
    const lines = ['0 invoke add 1', '0 ok add 1', '0 invoke add 2', '0 ok add 2'];
    expect(await judged('set', [...lines, '1 invoke read', '1 ok read [2]'])).toMatchObject({
      verdict: { verdict: 'invalid', kind: 'safety' },
      summary: 'element 1 was acknowledged and is not in the last read',
      findings: [{ type: 'lost-element', entries: [5, 1] }],
    });
    expect(await verdictOf('set', [...lines, '1 invoke read', '1 ok read [2,1]'])).toBe('valid');
  });

  test('an add that overlaps the last read, or whose end nobody knows, may be in it or not', async () => {
    const lines = ['0 invoke add 1', '0 info add 1', '1 invoke add 2', '2 invoke read'];
    for (const read of ['[]', '[1]', '[2]', '[1,2]'])
      expect(await verdictOf('set', [...lines, '1 ok add 2', `2 ok read ${read}`])).toBe('valid');
  });

  test('what nobody added, what failed, and what is named twice is unexpected', async () => {
    const lines = ['0 invoke add 1', '0 fail add 1', '1 invoke read'];
    expect(await judged('set', [...lines, '1 ok read [1]'])).toMatchObject({
      summary: 'element 1 was read although its add failed',
    });
    expect(await judged('set', [...lines, '1 ok read [7]'])).toMatchObject({
      summary: 'element 7 was read and nobody ever added it',
    });
    const twice = ['0 invoke add 1', '0 ok add 1', '1 invoke read', '1 ok read [1,1]'];
    expect(await verdictOf('set', twice)).toBe('invalid (safety): duplicated-element');
    expect(await verdictOf('set-full', twice)).toBe('invalid (safety): duplicated-element');
  });

  test.each(['set', 'set-full'])(
    '%s says aloud when nothing was read or added',
    async (checker) => {
      expect(await verdictOf(checker, ['0 invoke add 1', '0 ok add 1'])).toBe('unknown (vacuous)');
      expect(await verdictOf(checker, ['0 invoke read', '0 ok read []'])).toBe('unknown (vacuous)');
      expect(await verdictOf(checker, [])).toBe('unknown (vacuous)');
    },
  );

  test('what is not of a set is refused', async () => {
    await expect(judged('set', ['0 invoke pop', '0 ok pop'])).rejects.toThrow(/function pop/);
    await expect(judged('set', ['0 invoke read', '0 ok read 3'])).rejects.toThrow(
      /entry 1.*a list/,
    );
  });
});

describe('set-full', () => {
  const known = ['0 invoke add 1', '0 ok add 1', '1 invoke read', '1 ok read []'];

  test('an element that is never seen again is lost, one that returns was stale', async () => {
    expect(await verdictOf('set-full', known)).toBe('invalid (safety): lost-element');
    const back = [...known, '1 invoke read', '1 ok read [1]'];
    expect(await verdictOf('set-full', back)).toBe('valid');
    expect(await verdictOf('set-full', back, strict)).toBe('invalid (safety): stale-read');
  });

  test('a read that has it and overlaps the one that has it not is enough, in doubt', async () => {
    const overlapping = ['0 invoke add 1', '2 invoke read', '0 ok add 1', '1 invoke read'];
    const both = [...overlapping, '1 ok read []', '2 ok read [1]'];
    expect(await verdictOf('set-full', both)).toBe('valid');
    const before = [...overlapping.slice(0, 3), '2 ok read [1]', '1 invoke read', '1 ok read []'];
    expect(await verdictOf('set-full', before)).toBe('invalid (safety): lost-element');
  });

  test('keys are sets of their own, and a key that was not read is counted', async () => {
    const lines = ['0 invoke a:add 1', '0 ok a:add 1', '0 invoke b:read', '0 ok b:read []'];
    expect(await verdictOf('set-full', lines)).toBe('unknown (vacuous)');
    const read = [...lines, '1 invoke a:read', '1 ok a:read [1]'];
    expect(await judged('set-full', read)).toMatchObject({
      verdict: { verdict: 'valid' },
      summary: '1 element stable, 0 never read; 1 of 2 keys could not be judged',
    });
  });
});

test.each([
  ['set', {}],
  ['set-full', {}],
  ['set-full', strict],
])('%s %j: a correct set never fails, whatever crashes and stays unknown', (checker, options) =>
  fc.assert(
    fc.asyncProperty(tapes, async (tape) => {
      expect(await verdictOf(checker, correct(tape), options)).toMatch(
        /^(valid|unknown \(vacuous\))$/,
      );
    }),
    { numRuns: 500 },
  ),
);

test.each(['set', 'set-full'])(
  '%s: an acknowledged element taken out of the last read is named',
  (checker) =>
    fc.assert(
      fc.asyncProperty(tapes, fc.nat(), async (tape, choice) => {
        const { entries } = correct(tape);
        const acknowledged = entries.filter(({ f, type }) => f === 'add' && type === 'ok');
        if (acknowledged.length === 0) return;
        const { value } = acknowledged[choice % acknowledged.length]!;
        const last = entries.length - 1;
        const planted = entries.with(last, {
          ...entries[last]!,
          value: (entries[last]!.value as unknown[]).filter((each) => each !== value),
        });
        const { findings } = await judged(checker, historyOf(planted));
        expect(findings.map(({ summary }) => summary).join()).toContain(
          `element ${String(value)} `,
        );
      }),
      { numRuns: 300 },
    ),
);

/** Whether some choice of the adds that may have happened gives each read what it shows: each element for itself. */
function isExplained(history: History): boolean {
  const operations = operationsOf(history);
  const reads = readsIn(operations);
  return elementsIn(reads).every((element) => {
    const adds = operations.filter(({ f, input }) => f === 'add' && input === element);
    // The moment from which it is in the set; each gap between entries is one, and so is never.
    const moments = Array.from({ length: history.entries.length + 1 }, (_, i) => i - 0.5);
    return [...moments, Infinity].some(
      (moment) =>
        adds.every((add) => add.outcome !== 'ok' || add.completeIndex! > moment) &&
        (moment === Infinity || adds.some((add) => mayHaveBegun(add, moment))) &&
        reads.every((read) =>
          has(read, element) ? moment < read.completeIndex! : moment > read.invokeIndex,
        ),
    );
  });
}

/** Whether the reads have an order in which none that lacks a known element is the last, and nothing is read too early. */
function isKept(history: History): boolean {
  const operations = operationsOf(history);
  const reads = readsIn(operations);
  return elementsIn(reads).every((element) => {
    const adds = operations.filter(({ f, input }) => f === 'add' && input === element);
    const showing = reads.filter((read) => has(read, element));
    const proofs = [...adds.filter(({ outcome }) => outcome === 'ok'), ...showing];
    const known = Math.min(...proofs.map(({ completeIndex }) => completeIndex!));
    return (
      showing.every((read) => adds.some((add) => mayHaveBegun(add, read.completeIndex!))) &&
      permutations(reads).some((order) => {
        const isPossible = order.every((read, i) =>
          order.slice(i + 1).every((later) => read.invokeIndex < later.completeIndex!),
        );
        const last = order.findLast((read) => read.invokeIndex > known || has(read, element));
        return isPossible && (last === undefined || has(last, element));
      })
    );
  });
}

/** Whether the read that was asked for last has what it must and what it may. */
function isWhole(history: History): boolean {
  const operations = operationsOf(history);
  const last = readsIn(operations).at(-1)!;
  const adds = operations.filter(({ f }) => f === 'add');
  return (
    adds.every(
      ({ outcome, input, completeIndex }) =>
        outcome !== 'ok' || completeIndex! > last.invokeIndex || has(last, input),
    ) &&
    elementsIn([last]).every(
      (element) =>
        !has(last, element) ||
        adds.some((add) => add.input === element && mayHaveBegun(add, last.completeIndex!)),
    )
  );
}

const readsIn = (operations: readonly Operation[]): Operation[] =>
  operations.filter(({ f, outcome }) => f === 'read' && outcome === 'ok');
const elementsIn = (reads: readonly Operation[]): unknown[] => [
  ...new Set([1, 2, ...reads.flatMap(({ output }) => output as number[])]),
];
const has = ({ output }: Operation, element: unknown): boolean =>
  (output as unknown[]).includes(element);
const mayHaveBegun = ({ outcome, invokeIndex }: Operation, moment: number): boolean =>
  outcome !== 'fail' && invokeIndex < moment;

test.each([
  ['set', {}, isWhole],
  ['set-full', {}, isKept],
  ['set-full', strict, isExplained],
])('%s %j: every small history is judged as the definition judges it', async (...each) => {
  const [checker, options, isRight] = each;
  const kinds: Kind[] = [
    ...['ok', 'info', 'fail'].map((type) => ({ f: 'add', value: 1, type }) as Kind),
    { f: 'add', value: 2, type: 'ok' },
    ...[[], [1], [2], [1, 2]].map((value): Kind => ({ f: 'read', value, type: 'ok' })),
  ];
  const counts = { valid: 0, invalid: 0 };
  for (const count of [2, 3]) {
    for (const history of allHistories(kinds, count)) {
      const { verdict } = await judged(checker, history, options);
      if (verdict.verdict === 'unknown') continue;
      const expected = isRight(history) ? 'valid' : 'invalid';
      counts[expected]++;
      if (verdict.verdict !== expected) expect(history.entries).toBe(expected);
    }
  }
  expect(counts.valid).toBeGreaterThan(300);
  expect(counts.invalid).toBeGreaterThan(300);
});
