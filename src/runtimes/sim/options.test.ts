import { describe, expect, test } from 'vitest';
import { fairWeather } from '../../../nodes/sdk/memory/world.ts';
import { weatherOf } from './options.ts';
import { describeWeather, drawWeather } from './weather.ts';

const seeds = Array.from({ length: 400 }, (_, n) => String(n));

describe('the weather of a simulated run', () => {
  test('is the same for the same seed, and not for all', () => {
    expect(seeds.map(drawWeather)).toEqual(seeds.map(drawWeather));
    expect(new Set(seeds.map((seed) => describeWeather(drawWeather(seed)))).size).toBeGreaterThan(
      200,
    );
  });

  test('is fair in some runs, slow in most, and bad in some', () => {
    const drawn = seeds.map(drawWeather);
    const share = (count: number) => count / seeds.length;
    expect(share(drawn.filter((each) => each === fairWeather).length)).toBeCloseTo(0.25, 1);
    expect(share(drawn.filter(({ lossesPerHour }) => lossesPerHour > 0).length)).toBeCloseTo(
      0.25,
      1,
    );
  });

  test('stays within what a cluster bears', () => {
    for (const weather of seeds.map(drawWeather)) {
      expect(weather.latencyMsMin).toBeLessThanOrEqual(weather.latencyMsMax);
      expect(weather.latencyMsMax).toBeLessThanOrEqual(50);
      expect(weather.syncMs).toBeLessThanOrEqual(10);
    }
  });

  test('is what the options say, where they say anything', () => {
    const options = { 'sim.latency-ms': '3-4', 'sim.losses-per-hour': '7' };
    expect(weatherOf(options, '1')).toEqual({
      ...drawWeather('1'),
      latencyMsMin: 3,
      latencyMsMax: 4,
      lossesPerHour: 7,
    });
    expect(weatherOf({ 'sim.weather': 'fair' }, '1')).toEqual(fairWeather);
    expect(weatherOf({ 'sim.latency-ms': '2' }, '1')).toMatchObject({
      latencyMsMin: 2,
      latencyMsMax: 2,
    });
  });

  test.each([
    [{ 'sim.weather': 'foul' }, '--option sim.weather is "foul", not drawn or fair'],
    [{ 'sim.latency-ms': '5-1' }, '--option sim.latency-ms is "5-1", not MIN-MAX'],
    [{ 'sim.latency-ms': 'fast' }, '--option sim.latency-ms is "fast", not MIN-MAX'],
    [{ 'sim.latency-ms': '' }, '--option sim.latency-ms is "", not MIN-MAX'],
    [{ 'sim.slow-share': '2' }, '--option sim.slow-share is "2", not a number from 0 to 1'],
    [{ 'sim.sync-ms': '' }, '--option sim.sync-ms is "", not a number from 0 to 60000'],
  ])('%o is refused', (options, sentence) => {
    expect(() => weatherOf(options as Record<string, string>, '1')).toThrow(sentence);
  });
});
