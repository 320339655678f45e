import { describe, expect, test } from 'vitest';
import { listenForInterruption } from './interruption.ts';

describe('interruption', () => {
  test('the first signal asks for a good end, the second for one at once', () => {
    const told: boolean[] = [];
    using interruption = listenForInterruption((first) => told.push(first));
    process.emit('SIGINT', 'SIGINT');
    expect([interruption.graceful.aborted, interruption.now.aborted]).toEqual([true, false]);
    process.emit('SIGINT', 'SIGINT');
    expect([interruption.graceful.aborted, interruption.now.aborted]).toEqual([true, true]);
    expect(told).toEqual([true, false]);
  });

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s gives the status %i, whatever follows it', (signal, status) => {
    using interruption = listenForInterruption(() => {});
    expect(interruption.status).toBeUndefined();
    process.emit(signal, signal);
    process.emit('SIGTERM', 'SIGTERM');
    expect(interruption.status).toBe(status);
  });

  test('once disposed of, it listens no more', () => {
    const before = process.listenerCount('SIGINT');
    {
      using _ = listenForInterruption(() => {});
      expect(process.listenerCount('SIGINT')).toBe(before + 1);
    }
    expect(process.listenerCount('SIGINT')).toBe(before);
  });
});
