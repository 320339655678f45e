import { fc, test as propertyTest } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { placeLabels, spotsAlong, spotsBeside } from './labels.ts';
import type { Line } from './labels.ts';

const line = (x1: number, y1: number, x2: number, y2: number): Line => ({ x1, y1, x2, y2 });
const lines = fc.array(
  fc.record({ x1: fc.nat(800), y1: fc.nat(300), x2: fc.nat(800), y2: fc.nat(300) }),
  { maxLength: 40 },
);

describe('words in a diagram', () => {
  propertyTest.prop([lines])('are never on top of each other', (all) => {
    const spots = all.map((each) => spotsAlong(each, ['append generation 3', 'append']));
    const boxes = placeLabels(spots, all).flatMap((spot) => (spot === undefined ? [] : [spot.box]));
    for (const [i, a] of boxes.entries())
      for (const b of boxes.slice(i + 1))
        expect(
          a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top,
        ).toBe(true);
  });

  test('are whole where there is room, fewer where there is less, none where there is none', () => {
    const along = (length: number) =>
      placeLabels([spotsAlong(line(0, 50, length, 60), ['append generation 3', 'append'])], [])[0];
    expect(along(300)?.text).toBe('append generation 3');
    expect(along(90)?.text).toBe('append');
    expect(along(40)).toBeUndefined();
  });

  test('are read from left to right, whichever way the arrow goes', () => {
    for (const arrow of [line(0, 0, 200, 40), line(200, 0, 0, 40)])
      expect(Math.abs(spotsAlong(arrow, ['append'])[0]!.turn)).toBeLessThan(90);
  });

  test('keep off other arrows where they can, and stand on them where they cannot', () => {
    const arrow = line(0, 100, 300, 100);
    const spots = [spotsAlong(arrow, ['append'])];
    const [free] = placeLabels(spots, [arrow]);
    const [moved] = placeLabels(spots, [arrow, line(0, 93, 300, 93)]);
    expect(free!.y).toBeLessThan(100);
    expect(moved!.y).toBeGreaterThan(100);
    const [either] = placeLabels(spots, [line(0, 93, 300, 93), line(0, 107, 300, 107)]);
    expect(either).toBeDefined();
  });

  test('beside a mark the earlier go first, and the later evade them', () => {
    const beside = spotsBeside(10, 50, ['leader-elected'], 200);
    const [first, second] = placeLabels([beside, beside], []);
    expect(first!.y).toBe(50);
    expect(second!.y).not.toBe(50);
  });
});
