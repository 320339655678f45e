import { describe, expect, test } from 'vitest';
import { fairWeather } from '../../../nodes/sdk/memory/world.ts';
import { simOptions, weatherOf } from './options.ts';

describe('the weather of a simulation', () => {
  test('is fair where nothing is said', () => {
    expect(weatherOf({})).toEqual(fairWeather);
  });

  test('is what the options make it, and fair in everything else', () => {
    expect(weatherOf({ 'sim.latency-ms': '1-20', 'sim.losses-per-hour': '60' })).toEqual({
      ...fairWeather,
      latencyMsMin: 1,
      latencyMsMax: 20,
      lossesPerHour: 60,
    });
    expect(weatherOf({ 'sim.latency-ms': '5' })).toMatchObject({
      latencyMsMin: 5,
      latencyMsMax: 5,
    });
    expect(weatherOf({ 'sim.slow-share': '0.01', 'sim.sync-ms': '0' })).toMatchObject({
      slowShare: 0.01,
      syncMs: 0,
    });
  });

  test('has a word for each option, with its default', () => {
    expect(Object.keys(simOptions)).toEqual([
      'sim.latency-ms',
      'sim.slow-share',
      'sim.losses-per-hour',
      'sim.sync-ms',
    ]);
    for (const says of Object.values(simOptions)) expect(says).toMatch(/\(default .+\)$/);
  });
});

describe('what cannot be is refused in a sentence, with what could', () => {
  test.each([
    ['sim.latency-ms', '5-1', /is "5-1", not MIN-MAX in milliseconds, at most 60000$/, '0.1-0.5'],
    ['sim.latency-ms', '', /is "", not MIN-MAX/, '0.1-0.5'],
    ['sim.latency-ms', '-1', /is "-1", not MIN-MAX/, '0.1-0.5'],
    ['sim.latency-ms', '1-', /is "1-", not MIN-MAX/, '0.1-0.5'],
    ['sim.latency-ms', '1-2-3', /is "1-2-3", not MIN-MAX/, '0.1-0.5'],
    ['sim.latency-ms', 'fast', /is "fast", not MIN-MAX/, '0.1-0.5'],
    ['sim.latency-ms', '1-60001', /at most 60000$/, '0.1-0.5'],
    ['sim.slow-share', '1.1', /is "1.1", not a number from 0 to 1$/, '0'],
    ['sim.slow-share', '', /is "", not a number/, '0'],
    ['sim.losses-per-hour', '-1', /is "-1", not a number from 0 to 1000000$/, '0'],
    ['sim.sync-ms', 'true', /is "true", not a number from 0 to 60000$/, '0.3'],
    ['sim.sync-ms', 'Infinity', /is "Infinity", not a number/, '0.3'],
  ])('%s=%s', (name, value, message, hint) => {
    expect(() => weatherOf({ [name]: value })).toThrow(
      expect.objectContaining({
        code: 'usage',
        message: expect.stringMatching(message) as string,
        hint,
      }),
    );
  });
});
