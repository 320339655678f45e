import { describe, expect, test } from 'vitest';
import { weatherOf } from './options.ts';

describe('what cannot be is refused in a sentence, with what could', () => {
  test.each([
    ['sim.latency-ms', '5-1', /is "5-1", not MIN-MAX in milliseconds, at most 60000$/, '0.1-0.5'],
    ['sim.latency-ms', '', /is "", not MIN-MAX/, '0.1-0.5'],
    ['sim.latency-ms', '-1', /is "-1", not MIN-MAX/, '0.1-0.5'],
    ['sim.latency-ms', '1-', /is "1-", not MIN-MAX/, '0.1-0.5'],
    ['sim.latency-ms', '1-2-3', /is "1-2-3", not MIN-MAX/, '0.1-0.5'],
    ['sim.latency-ms', 'fast', /is "fast", not MIN-MAX/, '0.1-0.5'],
    ['sim.latency-ms', '1-60001', /at most 60000$/, '0.1-0.5'],
    ['sim.weather', 'foul', /is "foul", not drawn or fair$/, 'drawn'],
    ['sim.slow-share', '1.1', /is "1.1", not a number from 0 to 1$/, '0'],
    ['sim.slow-share', '', /is "", not a number/, '0'],
    ['sim.losses-per-hour', '-1', /is "-1", not a number from 0 to 1000000$/, '0'],
    ['sim.sync-ms', 'true', /is "true", not a number from 0 to 60000$/, '0.3'],
    ['sim.sync-ms', 'Infinity', /is "Infinity", not a number/, '0.3'],
  ])('%s=%s', (name, value, message, hint) => {
    expect(() => weatherOf({ [name]: value }, '1')).toThrow(
      expect.objectContaining({
        code: 'usage',
        message: expect.stringMatching(message) as string,
        hint,
      }),
    );
  });
});
