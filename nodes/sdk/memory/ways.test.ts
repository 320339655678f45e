import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { nodeIds } from '../../../src/core/ids.ts';
import { seededRandom } from '../../../src/core/random.ts';
import { Ways } from './ways.ts';

const [n1, n2, n3] = nodeIds(3);
const calm = { latencyMsMin: 1, latencyMsMax: 1, slowShare: 0 };
const waysOf = (latency = calm, seed = 1) => new Ways(seededRandom(seed), latency);
const bytes = (count: number) => () => count;
const none = bytes(0);
const moments = (count: number) => Array.from({ length: count }, (_, n) => n * 0.25);

describe('a way that nothing is done to', () => {
  test.prop([fc.nat()])('takes between the least and the most, drawn evenly', (seed) => {
    const way = waysOf({ latencyMsMin: 2, latencyMsMax: 4, slowShare: 0 }, seed).of(n1!, n2!);
    const durations = moments(200).map((ms) => way.durationMs(ms, none));
    expect(Math.min(...durations)).toBeGreaterThanOrEqual(2);
    expect(Math.min(...durations)).toBeLessThan(2.5);
    expect(Math.max(...durations)).toBeLessThan(4);
    expect(Math.max(...durations)).toBeGreaterThan(3.5);
  });

  test('takes up to ten times as long for the slow share, and for no other', () => {
    const way = waysOf({ ...calm, slowShare: 0.1 }).of(n1!, n2!);
    const durations = moments(2000).map((ms) => way.durationMs(ms, none));
    const slow = durations.filter((each) => each > 1);
    expect(slow.length / durations.length).toBeCloseTo(0.1, 1);
    expect(Math.max(...slow)).toBeGreaterThan(8);
    expect(Math.max(...slow)).toBeLessThanOrEqual(10);
  });

  test('depends on the way and the moment alone: what else is sent changes nothing', () => {
    const latency = { latencyMsMin: 0, latencyMsMax: 10, slowShare: 0.2 };
    const [alone, busy] = [waysOf(latency), waysOf(latency)];
    for (const ms of moments(50)) {
      busy.of(n1!, n3!).durationMs(ms, none);
      busy.of(n1!, n2!).durationMs(ms + 0.1, none);
      expect(busy.of(n1!, n2!).durationMs(ms, none)).toBe(alone.of(n1!, n2!).durationMs(ms, none));
    }
    expect(busy.of(n2!, n1!)).not.toBe(busy.of(n1!, n2!));
    expect(busy.of(n2!, n1!).durationMs(1, none)).not.toBe(busy.of(n1!, n2!).durationMs(1, none));
  });
});

describe('a way with a fault', () => {
  test('delayed takes the latency more, give or take the jitter, never less than nothing', () => {
    const way = waysOf().of(n1!, n2!);
    way.fault = { kind: 'delay', latencyMs: 100, jitterMs: 20 };
    const durations = moments(500).map((ms) => way.durationMs(ms, none));
    expect(Math.min(...durations)).toBeGreaterThanOrEqual(81);
    expect(Math.min(...durations)).toBeLessThan(85);
    expect(Math.max(...durations)).toBeLessThanOrEqual(121);
    way.fault = { kind: 'delay', latencyMs: 0, jitterMs: 1000 };
    for (const ms of moments(100)) expect(way.durationMs(ms, none)).toBeGreaterThanOrEqual(1);
  });

  test('limited takes as long as its bytes do, behind those that are under way already', () => {
    const way = waysOf().of(n1!, n2!);
    way.fault = { kind: 'limit', kilobytesPerSec: 10 };
    expect(way.durationMs(0, bytes(1000))).toBe(101);
    expect(way.durationMs(0, bytes(1000))).toBe(201);
    expect(way.durationMs(150, bytes(1000))).toBe(151);
  });

  test('limited and idle for a while owes nothing', () => {
    const way = waysOf().of(n1!, n2!);
    way.fault = { kind: 'limit', kilobytesPerSec: 10 };
    way.durationMs(0, bytes(1000));
    expect(way.durationMs(5000, bytes(1000))).toBe(101);
  });

  test('sliced waits between its slices, and not for a single one', () => {
    const way = waysOf().of(n1!, n2!);
    way.fault = { kind: 'slice', bytesAverage: 100, bytesVariation: 0, delayUs: 5000 };
    expect(way.durationMs(0, bytes(1000))).toBe(46);
    expect(way.durationMs(0, bytes(100))).toBe(1);
    expect(way.durationMs(0, none)).toBe(1);
  });

  test.each([
    { kind: 'blackhole' },
    { kind: 'disconnect' },
    { kind: 'reset', afterMs: 5 },
  ] as const)(
    '$kind takes no longer than usual: what becomes of it is decided at its end',
    (fault) => {
      const way = waysOf().of(n1!, n2!);
      way.fault = fault;
      expect(way.durationMs(0, bytes(1_000_000))).toBe(1);
    },
  );
});
