import { fc, test as propertyTest } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import type { DrawnTransactions } from '../../evidence-model.ts';
import { isOf, labelOf, layOut } from './layout.ts';
import type { Box } from './layout.ts';

/** A cycle of transactions that have so many micro-operations each. */
const cycle = (micros: readonly number[], key = '5'): DrawnTransactions => ({
  transactions: micros.map((count, i) => ({
    operation: i,
    name: `T${i}`,
    process: '1',
    outcome: 'ok',
    says: Array.from({ length: count }, (_, micro) => `append ${key} ${micro}`),
  })),
  dependencies: micros.map((_, i) => ({
    from: i,
    to: (i + 1) % micros.length,
    because: 'ww',
    key,
    values: ['1', '2'],
    says: '',
  })),
  transactionsLeftOut: 0,
});

const cycles = fc
  .array(fc.integer({ min: 1, max: 12 }), { minLength: 2, maxLength: 9 })
  .map((micros) => cycle(micros));

const holds = ({ x, y, width, height }: Box, at: { x: number; y: number }, air: number): boolean =>
  at.x > x - air && at.x < x + width + air && at.y > y - air && at.y < y + height + air;

describe('a cycle of transactions', () => {
  propertyTest.prop([cycles, fc.integer({ min: 300, max: 2000 })])(
    'has no box on another, and all of it is within the drawing',
    (drawn, widthMax) => {
      const { boxes, arrows, width, height } = layOut(drawn, widthMax);
      for (const [i, a] of boxes.entries())
        for (const b of boxes.slice(i + 1)) {
          const apart =
            a.x + a.width <= b.x ||
            b.x + b.width <= a.x ||
            a.y + a.height <= b.y ||
            b.y + b.height <= a.y;
          expect(apart).toBe(true);
        }
      for (const { x, y } of arrows.flatMap(({ points }) => points)) {
        expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
        expect([x <= width, y <= height]).toEqual([true, true]);
      }
    },
  );

  propertyTest.prop([cycles, fc.integer({ min: 300, max: 2000 })])(
    'has each arrow from the border of one to the border of the next, its label beside all boxes',
    (drawn, widthMax) => {
      const { boxes, arrows } = layOut(drawn, widthMax);
      for (const [i, { points, label }] of arrows.entries()) {
        const { from, to } = drawn.dependencies[i]!;
        expect(holds(boxes[from]!, points[0]!, 1)).toBe(true);
        expect(holds(boxes[to]!, points.at(-1)!, 1)).toBe(true);
        expect(boxes.some((box) => holds(box, label, 0))).toBe(false);
      }
    },
  );

  test('is a ring where there is room, and one below the other where there is not', () => {
    const rows = (widthMax: number) =>
      new Set(layOut(cycle([2, 2, 2, 2]), widthMax).boxes.map(({ y }) => y)).size;
    expect(rows(1200)).toBe(2);
    expect(rows(400)).toBe(4);
    expect(layOut(cycle([2, 2, 2, 2]), 400).width).toBeLessThanOrEqual(400);
  });

  test('two arrows to and fro are apart', () => {
    const [there, back] = layOut(cycle([1, 1]), 1200).arrows;
    expect(Math.abs(there!.label.y - back!.label.y)).toBeGreaterThan(20);
  });

  test('of many micro-operations those are shown that its arrows are about', () => {
    const drawn = cycle([1, 1]);
    const [first, second] = drawn.transactions;
    const says = [...Array.from({ length: 12 }, (_, i) => `append 9 ${i}`), 'read 5 → [0]'];
    const { boxes } = layOut({ ...drawn, transactions: [{ ...first!, says }, second!] }, 1200);
    const texts = boxes[0]!.lines.map(({ text }) => text);
    expect(texts).toHaveLength(8);
    expect(texts.slice(-2)).toEqual(['read 5 → [0]', '… 6 more']);
  });
});

test('a micro-operation is of its key, and of no other that begins alike', () => {
  expect(['append 5 3', 'read 5', 'read 5 → [1]'].map((micro) => isOf(micro, '5'))).toEqual([
    true,
    true,
    true,
  ]);
  expect(['append 55 3', 'read 3 → 5'].map((micro) => isOf(micro, '5'))).toEqual([false, false]);
});

test('an arrow says its kind, its key and its values, as far as there is room', () => {
  const [arrow] = cycle([1, 1]).dependencies;
  expect(labelOf(arrow!)).toBe('ww key 5: 1 → 2');
  expect(labelOf({ ...arrow!, values: [] })).toBe('ww key 5');
  expect(labelOf({ ...arrow!, key: undefined, values: [], because: 'realtime' })).toBe('realtime');
  const long = labelOf({ ...arrow!, values: ['[1 2 3 4 5 6 7 8 9 10]', '11'] });
  expect(long).toBe('ww key 5: [1 2 3 4 5 6 7 8 9 10…');
});
