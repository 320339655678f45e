import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { seededRandom } from '../src/core/random.ts';
import type { Entry } from '../src/core/history/entry.ts';
import { ok } from '../src/core/seams/client.ts';
import { nsPerMs, nsPerSecond } from '../src/core/time.ts';
import { onNemesis } from '../src/generator/on-threads.ts';
import { simulate } from '../src/generator/simulate.ts';
import { cycle } from './cycle.ts';

const stability = { faultSeconds: [2, 5], calmSeconds: [1, 3] } as const;

/** The nemesis's entries of a minute in which applying a fault takes `latencyMs`. */
function minute(seed: string, latencyMs: number): readonly Entry[] {
  const random = seededRandom(seed);
  const rhythm = cycle({ random, stability, draw: (drawn) => drawn.integer(0, 999) });
  return simulate({
    generator: onNemesis('storm', rhythm),
    clientThreads: 1,
    nemeses: ['storm'],
    answer: () => ({ latencyNs: latencyMs * nsPerMs, completion: ok() }),
    secondsMax: 60,
  }).history.entries;
}

const invocations = (entries: readonly Entry[]) => entries.filter(({ type }) => type === 'invoke');

describe('the rhythm of a nemesis', () => {
  test.prop([fc.string(), fc.integer({ min: 1, max: 3000 })])(
    'starts and stops take turns',
    (seed, latencyMs) => {
      const asked = invocations(minute(seed, latencyMs)).map(({ f }) => f);
      expect(asked.length).toBeGreaterThan(4);
      expect(asked.every((f, n) => f === (n % 2 === 0 ? 'start' : 'stop'))).toBe(true);
    },
  );

  test.prop([fc.string(), fc.integer({ min: 1, max: 3000 })])(
    'a fault lasts, and calm lasts, as long as its bounds say, from when it was carried out',
    (seed, latencyMs) => {
      const entries = minute(seed, latencyMs);
      for (let i = 1; i + 1 < entries.length; i += 2) {
        const [done, next] = [entries[i]!, entries[i + 1]!];
        const seconds = (next.timeNs - done.timeNs) / nsPerSecond;
        const [min, max] = done.f === 'start' ? stability.faultSeconds : stability.calmSeconds;
        expect(seconds).toBeGreaterThanOrEqual(min);
        expect(seconds).toBeLessThanOrEqual(max + 0.001);
      }
    },
  );

  test.prop([fc.string()])(
    'the same seed gives the same faults, however long it takes to apply them',
    (seed) => {
      const [quick, slow] = [1, 2500].map((latencyMs) =>
        invocations(minute(seed, latencyMs)).map(({ f, value }) => ({ f, value })),
      );
      expect(quick!.slice(0, slow!.length)).toEqual(slow);
    },
  );

  test('another seed gives others', () => {
    const values = (seed: string) => invocations(minute(seed, 1)).map(({ value }) => value);
    expect(values('a')).not.toEqual(values('b'));
  });
});
