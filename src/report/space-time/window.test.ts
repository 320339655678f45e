import { fc, test as propertyTest } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import type { TimeRange } from '../model.ts';
import { evidenceWindow, nearest, segmentsOf, touches } from './window.ts';

const range = (startUs: number, endUs: number): TimeRange => ({ startUs, endUs });
const everyMs = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) =>
    range((from + i) * 1000, (from + i) * 1000 + 500),
  );

describe('the window of a diagram', () => {
  const moments = [90_000, 50_000, 60_000];

  test('holds the evidence with some air', () => {
    expect(evidenceWindow(moments, everyMs(0, 200))).toEqual(range(46_000, 94_000));
  });

  test('does not reach beyond the messages that are known', () => {
    expect(evidenceWindow(moments, everyMs(55, 80))).toEqual(range(55_000, 80_500));
  });

  test('is none without evidence, without messages, and where they are far apart', () => {
    expect(evidenceWindow([], everyMs(0, 9))).toBeUndefined();
    expect(evidenceWindow(moments, [])).toBeUndefined();
    expect(evidenceWindow(moments, everyMs(120, 130))).toBeUndefined();
  });
});

describe('the stretches of a window', () => {
  const sent = everyMs(0, 100).map(({ startUs }) => startUs);
  const window = range(0, 100_000);

  test('are the whole of it while its messages can be followed', () => {
    expect(segmentsOf(window, [90_000, 10_000], sent, 101)).toEqual([window]);
  });

  test('are around each piece of the evidence where they cannot', () => {
    const segments = segmentsOf(window, [90_000, 10_000], sent, 30);
    expect(segments).toEqual([range(3750, 16_250), range(83_750, 96_250)]);
  });

  test('leave out what is far from where to look first where even that is too much', () => {
    const crowd = sent.flatMap((us) => Array.from({ length: 9 }, () => us));
    expect(segmentsOf(window, [90_000, 10_000, 88_000], crowd, 20)).toEqual([
      range(87_600, 88_400),
      range(89_600, 90_400),
    ]);
    expect(segmentsOf(window, [90_000, 10_000], crowd, 1)).toEqual([range(89_600, 90_400)]);
  });
});

propertyTest.prop([
  fc.array(fc.nat(100_000), { minLength: 1, maxLength: 6 }),
  fc.array(fc.nat(100_000), { maxLength: 60 }),
  fc.nat(60),
])(
  'stretches are in order, apart, within the window, and hold the first moment',
  (at, sent, max) => {
    const window = range(0, 100_000);
    const segments = segmentsOf(window, at, sent, max);
    expect(touches(range(at[0]!, at[0]!), segments)).toBe(true);
    for (const [i, { startUs, endUs }] of segments.entries()) {
      expect(startUs).toBeLessThanOrEqual(endUs);
      expect(startUs).toBeGreaterThan(segments[i - 1]?.endUs ?? -1);
      expect(endUs).toBeLessThanOrEqual(window.endUs);
    }
  },
);

propertyTest.prop([fc.array(fc.nat(50)), fc.nat(50), fc.nat(20)])(
  'the nearest are no farther than any that is left out, and keep their order',
  (times, focusUs, max) => {
    const items = times.map((timeUs, place) => ({ timeUs, place }));
    const kept = nearest(items, ({ timeUs }) => timeUs, focusUs, max);
    expect(kept.length).toBe(Math.min(max, times.length));
    expect(kept).toEqual(kept.toSorted((a, b) => a.place - b.place));
    const distances = (all: readonly { timeUs: number }[]) =>
      all.map(({ timeUs }) => Math.abs(timeUs - focusUs));
    const left = items.filter((item) => !kept.includes(item));
    expect(Math.max(0, ...distances(kept))).toBeLessThanOrEqual(
      Math.min(Infinity, ...distances(left)),
    );
  },
);
