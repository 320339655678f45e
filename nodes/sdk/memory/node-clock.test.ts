import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { NodeClock, virtualEpochMs } from './node-clock.ts';

/** A clock in a time that the test moves. */
function clockAt(startMs = 0) {
  let nowMs = startMs;
  const clock = new NodeClock(() => nowMs);
  return {
    clock,
    pass: (ms: number) => void (nowMs += ms),
    /** How far the wall clock is ahead. */
    ahead: () => clock.wallNow() - virtualEpochMs - nowMs,
  };
}

type Deed = (clock: NodeClock) => void;
const deeds = fc.oneof(
  fc.integer({ min: -300_000, max: 300_000 }).map(
    (ms): Deed =>
      (clock) =>
        clock.offset(ms),
  ),
  fc.double({ min: 0.5, max: 2, noNaN: true }).map(
    (rate): Deed =>
      (clock) =>
        clock.drift(rate),
  ),
  fc.tuple(fc.integer({ min: -300_000, max: 300_000 }), fc.integer({ min: 1, max: 1000 })).map(
    ([ms, every]): Deed =>
      (clock) =>
        clock.strobe(ms, every),
  ),
  fc.constant<Deed>((clock) => clock.heal()),
);
const past = fc.array(fc.tuple(deeds, fc.integer({ min: 0, max: 100_000 })), { maxLength: 6 });

/** A clock to which all this was done, each for a while. */
function clockAfter(history: readonly (readonly [Deed, number])[]) {
  const it = clockAt();
  for (const [deed, lastsMs] of history) {
    deed(it.clock);
    it.pass(lastsMs);
  }
  return it;
}

describe("a node's clocks", () => {
  test('are right until something is done to them', () => {
    const { clock, pass, ahead } = clockAt(5);
    pass(1000);
    expect(ahead()).toBe(0);
    expect(clock.monotonicNow()).toBe(1005);
    expect(clock.trueDurationMs(100)).toBe(100);
  });

  test.prop([past, fc.integer({ min: -300_000, max: 300_000 })])(
    'are off by what is asked, whatever was done before',
    (history, offsetMs) => {
      const { clock, pass, ahead } = clockAfter(history);
      clock.offset(offsetMs);
      expect(ahead()).toBeCloseTo(offsetMs, 2);
      pass(12_345);
      expect(ahead()).toBeCloseTo(offsetMs, 2);
    },
  );

  test.prop([past])('are right again when they are healed, whatever was done before', (history) => {
    const { clock, pass, ahead } = clockAfter(history);
    clock.heal();
    const monotonicMs = clock.monotonicNow();
    pass(1000);
    expect(ahead()).toBeCloseTo(0, 2);
    expect(clock.monotonicNow() - monotonicMs).toBeCloseTo(1000, 5);
    expect(clock.trueDurationMs(100)).toBe(100);
  });

  test.prop([past, deeds])('the monotonic one never jumps, whatever is done', (history, deed) => {
    const { clock, pass } = clockAfter(history);
    const before = clock.monotonicNow();
    deed(clock);
    expect(clock.monotonicNow()).toBeCloseTo(before, 5);
    pass(1);
    expect(clock.monotonicNow()).toBeGreaterThan(before);
  });

  test('both run at the rate that is asked, and so do durations', () => {
    const { clock, pass, ahead } = clockAt();
    pass(1000);
    clock.drift(1.25);
    pass(1000);
    expect(clock.monotonicNow()).toBe(2250);
    expect(ahead()).toBe(250);
    expect(clock.trueDurationMs(1000)).toBe(800);
  });

  test('the monotonic one keeps what it has gained while it drifted', () => {
    const { clock, pass } = clockAt();
    clock.drift(2);
    pass(1000);
    clock.heal();
    expect(clock.monotonicNow()).toBe(2000);
    pass(1000);
    expect(clock.monotonicNow()).toBe(3000);
  });

  test('a strobe is ahead for a period, then right for one', () => {
    const { clock, pass, ahead } = clockAt(7);
    clock.strobe(500, 10);
    const seen = Array.from({ length: 8 }, () => {
      const now = ahead();
      pass(5);
      return now;
    });
    expect(seen).toEqual([500, 500, 0, 0, 500, 500, 0, 0]);
  });

  test('neither an offset nor a strobe is seen by the monotonic one', () => {
    const { clock, pass } = clockAt();
    clock.offset(-60_000);
    pass(10);
    clock.strobe(60_000, 3);
    pass(10);
    expect(clock.monotonicNow()).toBe(20);
  });
});
