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
});
