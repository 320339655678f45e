import { fc, test as propertyTest } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { around, panned, within, zoomed } from './window.ts';

const range = { startUs: 1000, endUs: 61_000 };
const windows = fc
  .tuple(fc.integer({ min: -1e6, max: 1e6 }), fc.integer({ min: 1, max: 1e6 }))
  .map(([startUs, lengthUs]) => ({ startUs, endUs: startUs + lengthUs }));

describe('the window', () => {
  propertyTest.prop([windows])('never leaves the run and is never empty', (window) => {
    const { startUs, endUs } = within(window, range);
    expect(startUs).toBeGreaterThanOrEqual(range.startUs);
    expect(endUs).toBeLessThanOrEqual(range.endUs);
    expect(endUs - startUs).toBeGreaterThanOrEqual(50);
  });

  test('one that lies within the run is left alone', () => {
    const window = { startUs: 2000, endUs: 3000 };
    expect(within(window, range)).toEqual(window);
  });

  test('zooming keeps what is under the pointer where it is', () => {
    expect(zoomed({ startUs: 0, endUs: 100 }, 0.5, 20)).toEqual({ startUs: 10, endUs: 60 });
  });

  test('panning keeps its length', () => {
    expect(panned({ startUs: 0, endUs: 100 }, 30)).toEqual({ startUs: 30, endUs: 130 });
  });

  test('around spans there is air; around nothing there is no window', () => {
    expect(
      around([
        { startUs: 10_000, endUs: 20_000 },
        { startUs: 0, endUs: 5 },
      ]),
    ).toEqual({
      startUs: -3000,
      endUs: 23_000,
    });
    expect(around([])).toBeUndefined();
  });
});
