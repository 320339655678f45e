import { describe, expect, test } from 'vitest';
import { DspError } from '../../src/core/errors.ts';
import { optionsHelp, readOptions } from './options.ts';

describe('options', () => {
  test('those that are not given have their defaults, and the help says them', () => {
    const options = readOptions({});
    for (const [name, value] of Object.entries(options))
      expect(optionsHelp[name]).toContain(`(default ${value})`);
  });

  test('one that is given is taken, and what belongs to others left alone', () => {
    const options = readOptions({ 'heartbeat-ms': '20', 'partition.shape': 'halves' });
    expect(options['heartbeat-ms']).toBe(20);
    expect(options).not.toHaveProperty(['partition.shape']);
  });

  test.each(['', 'fast', '0', '-1', '1.5', '1e99'])('"%s" is no number of milliseconds', (text) => {
    const reading = (): unknown => readOptions({ 'heartbeat-ms': text });
    expect(reading).toThrow(DspError);
    expect(reading).toThrow('--option heartbeat-ms');
  });

  test('bounds that cross are refused, by both their names', () => {
    const crossed = { 'election-timeout-ms-min': '900', 'election-timeout-ms-max': '800' };
    expect(() => readOptions(crossed)).toThrow(
      '--option election-timeout-ms-min=900 is above election-timeout-ms-max, which is 800',
    );
  });
});
