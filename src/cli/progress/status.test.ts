import { describe, expect, test } from 'vitest';
import type { RunSnapshot } from '../../run/watch.ts';
import { statusLine } from './status.ts';

const counts = { phase: 'load', ok: 80, fail: 3, info: 2, inFlight: 5, faults: {} };
const at = (elapsedSeconds: number, operations: number, more = {}): RunSnapshot => ({
  step: 'load',
  elapsedSeconds,
  progress: { ...counts, operations, ...more },
  leader: undefined,
});

describe('the status of a run', () => {
  test('the rate is that since the earlier sight, not since the beginning', () => {
    expect(statusLine(at(10, 1000), at(12, 1100))).toBe(
      '12 s · load · 50 ops/s · 80 ok 3 fail 2 info · no fault',
    );
  });

  test('the first sight has the rate since the beginning', () => {
    expect(statusLine(undefined, at(2, 100))).toContain('50 ops/s');
  });

  test('two sights at the same time have no rate, rather than an infinite one', () => {
    expect(statusLine(at(2, 50), at(2, 100))).toContain(' 0 ops/s');
  });

  test('names the faults in force, an uncertain one with a question mark, and the leader', () => {
    const faults = {
      partition: { value: 1, sinceNs: 0, certain: true },
      kill: { value: 1, sinceNs: 0, certain: false },
    };
    const now = { ...at(2, 100, { faults }), leader: 'n3' as RunSnapshot['leader'] };
    expect(statusLine(undefined, now)).toContain('fault: partition, kill? · leader n3');
  });

  test('before there are operations, the step alone', () => {
    const now = { ...at(1, 0), step: 'set-up', progress: undefined } as const;
    expect(statusLine(undefined, now)).toBe('set-up');
  });
});
