import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Entry, History } from '../../src/core/history/entry.ts';
import { historyOfReference, judged, tapes, verdictOf } from '../claims/reference.fixture.ts';
import { historyOf, operationsOf } from '../linearizability/histories.fixture.ts';
import { registerReference } from '../registers/reference.fixture.ts';

const did = (process: number, f: string, value: string) => [
  `${process} invoke ${f} ${f.endsWith('read') ? 'null' : value}`,
  `${process} ok ${f} ${value}`,
];

describe('sequential', () => {
  test('a stale read of another process is sequential, a read that goes back is not', async () => {
    const lines = [...did(0, 'write', '1'), ...did(0, 'write', '2'), ...did(1, 'read', '1')];
    expect(await verdictOf('sequential', lines)).toBe('valid');
    const back = [...lines, ...did(2, 'read', '2'), ...did(2, 'read', '1')];
    expect(await verdictOf('sequential', back)).toBe('invalid (safety): causally-stale-read');
  });

  test('two who see independent writes in opposite orders are causal and not sequential', async () => {
    const writes = [...did(0, 'x:write', '1'), ...did(1, 'y:write', '2')];
    const one = [...did(2, 'x:read', '1'), ...did(2, 'y:read', 'null')];
    const other = [...did(3, 'y:read', '2'), ...did(3, 'x:read', 'null')];
    const lines = [...writes, ...one, ...other];
    expect(await verdictOf('causal', lines)).toBe('valid');
    expect(await judged('sequential', lines)).toMatchObject({
      verdict: { verdict: 'invalid', kind: 'safety' },
      summary:
        'no order of 6 operations explains all answers: after 0 of them each process waits for another',
      findings: [{ type: 'not-sequential' }],
    });
    expect(await verdictOf('sequential', [...writes, ...one])).toBe('valid');
  });

  test('an unknown write helps where it must, also through unknown compare-and-sets', async () => {
    const lines = [
      '0 invoke write 1',
      '0 info write 1',
      '1 invoke cas [1,2]',
      '1 info cas [1,2]',
      ...did(2, 'read', '2'),
    ];
    expect(await verdictOf('sequential', lines)).toBe('valid');
    expect(await verdictOf('sequential', lines.slice(2))).toMatch(/^invalid/);
  });

  test('nothing read says nothing', async () => {
    expect(await verdictOf('sequential', did(0, 'write', '1'))).toBe('unknown (vacuous)');
  });
});

test('linearizable registers are sequential, whatever crashes and stays unknown', () =>
  fc.assert(
    fc.asyncProperty(tapes, async (tape) => {
      const history = historyOfReference(registerReference(), tape, { threads: 4 });
      expect(await verdictOf('sequential', history)).toMatch(/^(valid|unknown \(vacuous\))$/);
    }),
    { numRuns: 500 },
  ));

/** Three clients, two registers, every read of anything that was written before it. */
function anything(tape: readonly number[]): History {
  const entries: Entry[] = [];
  const written: Record<string, (number | null)[]> = { x: [null], y: [null] };
  for (let at = 0; at + 1 < tape.length; at += 2) {
    const process = tape[at]! % 3;
    const key = 'xy'[(tape[at]! >> 4) % 2]!;
    const values = written[key]!;
    const kind = tape[at + 1]! % 6;
    const seen = values[tape[at + 1]! % values.length]!;
    const f = kind < 3 ? 'read' : kind < 5 ? 'write' : 'cas';
    const value = f === 'read' ? seen : f === 'write' ? at + 1 : [seen, at + 1];
    if (f !== 'read') values.push(at + 1);
    const said = { invoke: f === 'read' ? null : value, ok: value };
    for (const type of ['invoke', 'ok'] as const)
      entries.push({ index: entries.length, timeNs: 0, process, type, f, key, value: said[type] });
  }
  return historyOf(entries);
}

/** Every order that keeps the processes' own is tried, one step after the other. */
function isSequential(history: History): boolean {
  const queues = [0, 1, 2].map((process) =>
    operationsOf(history).filter((each) => each.process === process),
  );
  const goOn = (positions: readonly number[], values: Readonly<Record<string, unknown>>): boolean =>
    positions.every((position, i) => position === queues[i]!.length) ||
    queues.some((queue, i) => {
      const next = queue[positions[i]!];
      if (next === undefined) return false;
      const { f, key, input, output } = next;
      const now = values[key!] ?? null;
      const [from, to] = f === 'cas' ? (input as unknown[]) : [f === 'read' ? output : now, input];
      if (from !== now) return false;
      const after = f === 'read' ? values : { ...values, [key!]: to };
      return goOn(positions.with(i, positions[i]! + 1), after);
    });
  return goOn([0, 0, 0], {});
}

test('random histories are judged as trying all orders judges them', async () => {
  const counts = { valid: 0, invalid: 0 };
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat({ max: 9999 }), { minLength: 8, maxLength: 20 }),
      async (tape) => {
        const history = anything(tape);
        const { verdict } = await judged('sequential', history);
        if (verdict.verdict === 'unknown') return;
        const expected = isSequential(history) ? 'valid' : 'invalid';
        counts[expected]++;
        expect(verdict.verdict).toBe(expected);
      },
    ),
    { numRuns: 3000 },
  );
  expect(Math.min(counts.valid, counts.invalid)).toBeGreaterThan(300);
});
