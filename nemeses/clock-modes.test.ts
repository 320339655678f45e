import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { seededRandom } from '../src/core/random.ts';
import { clockModes, drawClockFault, isSeen, isSeenRight } from './clock-modes.ts';
import type { ClockSeen } from './clock-seen.ts';

const mode = fc.constantFrom(...clockModes);
const draws = (wanted: (typeof clockModes)[number]) =>
  Array.from({ length: 500 }, (_, n) => drawClockFault(wanted, seededRandom(n)));
const seen = (aheadMsMin: number, aheadMsMax = aheadMsMin, rate = 1): ClockSeen => ({
  aheadMsMin,
  aheadMsMax,
  rate,
});

describe('how wrong a clock is to be', () => {
  test.prop([mode, fc.string()])('depends on the seed alone', (wanted, seed) => {
    const [one, again] = [seed, seed].map((each) => drawClockFault(wanted, seededRandom(each)));
    expect(again).toEqual(one);
    expect(one!.mode).toBe(wanted);
  });

  test('offsets go both ways, in every order of magnitude', () => {
    const offsets = draws('offset').map((fault) => (fault.mode === 'offset' ? fault.offsetMs : 0));
    for (const sign of [-1, 1])
      for (const [min, max] of [
        [20, 100],
        [1000, 5000],
        [60_000, 300_000],
      ] as const)
        expect(offsets.some((each) => each * sign >= min && each * sign <= max)).toBe(true);
    expect(Math.max(...offsets.map(Math.abs))).toBeLessThanOrEqual(300_000);
  });

  test('a drift is too fast or too slow, and never near to right', () => {
    const rates = draws('drift').map((fault) => (fault.mode === 'drift' ? fault.rate : 0));
    expect(rates.filter((rate) => rate > 1).length).toBeGreaterThan(100);
    expect(rates.filter((rate) => rate < 1).length).toBeGreaterThan(100);
    for (const rate of rates) {
      expect(Math.max(rate, 1 / rate)).toBeGreaterThanOrEqual(1.0199);
      expect(Math.max(rate, 1 / rate)).toBeLessThanOrEqual(1.25);
    }
  });

  test.prop([fc.string()])('a strobe has a size and a period', (seed) => {
    const fault = drawClockFault('strobe', seededRandom(seed));
    if (fault.mode !== 'strobe') return expect.unreachable();
    expect(Math.abs(fault.offsetMs)).toBeGreaterThanOrEqual(20);
    expect(fault.periodMs).toBeGreaterThanOrEqual(20);
    expect(fault.periodMs).toBeLessThanOrEqual(500);
  });
});

describe('what is seen of a clock', () => {
  test('is an offset where it is ahead by that all the time', () => {
    const fault = { mode: 'offset', offsetMs: -5000 } as const;
    expect(isSeen(fault, seen(-5001, -4999))).toBe(true);
    expect(isSeen(fault, seen(-5000, 0))).toBe(false);
    expect(isSeen(fault, seen(5000))).toBe(false);
  });

  test('is a strobe where it is right now and then, and as far ahead or behind as planned', () => {
    for (const offsetMs of [-5000, 5000]) {
      const fault = { mode: 'strobe', offsetMs, periodMs: 100 } as const;
      expect(isSeen(fault, seen(Math.min(0, offsetMs), Math.max(0, offsetMs)))).toBe(true);
      expect(isSeen(fault, seen(offsetMs))).toBe(false);
      expect(isSeen(fault, seen(0))).toBe(false);
    }
  });

  test('is a drift where the monotonic clock shows it, whatever the wall clock does', () => {
    const fault = { mode: 'drift', rate: 0.8 } as const;
    expect(isSeen(fault, seen(-200, 0, 0.801))).toBe(true);
    expect(isSeen(fault, seen(-200, 0, 1))).toBe(false);
  });

  test.prop([mode, fc.string()])(
    'is never both a fault that is drawn and right',
    (wanted, seed) => {
      const fault = drawClockFault(wanted, seededRandom(seed));
      const right = seen(0);
      expect(isSeenRight(right)).toBe(true);
      expect(isSeen(fault, right)).toBe(false);
    },
  );

  test('is not right where it was wrong once', () => {
    expect(isSeenRight(seen(0, 20))).toBe(false);
    expect(isSeenRight(seen(-20, 0))).toBe(false);
    expect(isSeenRight(seen(0, 0, 1.02))).toBe(false);
  });
});
