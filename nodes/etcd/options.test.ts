import { describe, expect, test } from 'vitest';
import { optionsHelp, readOptions } from './options.ts';

describe('options of etcd', () => {
  test('have defaults, which the help says', () => {
    expect(readOptions({})).toEqual({
      heartbeatMs: 50,
      electionTimeoutMs: 600,
      serializableReads: false,
    });
    expect(optionsHelp['heartbeat-interval']).toContain('(default 50)');
    expect(optionsHelp['election-timeout']).toContain('(default 600)');
    expect(optionsHelp['serializable-reads']).toContain('(default false)');
  });

  test('are taken where they are given, and those of others left alone', () => {
    const given = {
      'heartbeat-interval': '100',
      'election-timeout': '500',
      'serializable-reads': 'true',
      'partition.shape': 'halves',
    };
    expect(readOptions(given)).toEqual({
      heartbeatMs: 100,
      electionTimeoutMs: 500,
      serializableReads: true,
    });
  });

  test.each([
    [{ 'heartbeat-interval': 'fast' }, 'heartbeat-interval is "fast"', 'valid: 50'],
    [{ 'heartbeat-interval': '0' }, 'heartbeat-interval is "0"', 'valid: 50'],
    [{ 'election-timeout': '-600' }, 'election-timeout is "-600"', 'valid: 5'],
    [
      { 'election-timeout': '249' },
      'election-timeout is 249, less than 5 times heartbeat-interval, which is 50',
      'election-timeout=250 is the least',
    ],
    [{ 'serializable-reads': 'yes' }, 'serializable-reads is "yes"', 'valid: true, false'],
    [{ 'serializable-reads': '' }, 'serializable-reads is ""', 'valid: true, false'],
  ])('%j cannot be', (given, message, hint) => {
    expect(() => readOptions(given)).toThrow(`--option ${message}`);
    expect(() => readOptions(given)).toThrow(
      expect.objectContaining({ code: 'usage', hint: expect.stringContaining(hint) as string }),
    );
  });
});
