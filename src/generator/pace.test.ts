import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ok } from '../core/seams/client.ts';
import { nsPerSecond } from '../core/time.ts';
import { limit } from './limit.ts';
import { delay, rate, stagger } from './pace.ts';
import { counted, forever, invocations, random, run, secondsOf } from './simulation.fixture.ts';
import { sleep, timeLimit } from './time-limit.ts';
import { sequence } from './sequence.ts';

const quick = () => ({ latencyNs: 1, completion: ok() });
const times = (simulated: ReturnType<typeof run>) => invocations(simulated).map(secondsOf);

/** Answers that take no time, but for the first. */
const firstTakes = (seconds: number) => (_: unknown, __: unknown, n: number) => ({
  latencyNs: n === 0 ? seconds * nsPerSecond : 1,
  completion: ok(),
});

const longest = (shape: 'exponential' | 'uniform') => {
  const at = times(
    run(stagger(random, 10, forever('a'), shape), { answer: quick, operationsMax: 500 }),
  );
  return Math.max(...at.slice(1).map((each, i) => each - at[i]!));
};

describe('rate', () => {
  test('spaces operations exactly, the first at once', () => {
    expect(times(run(limit(4, rate(10, forever('a')))))).toEqual([0, 0.1, 0.2, 0.3]);
  });

  test('makes up for what came a little late', () => {
    const simulated = run(limit(5, rate(10, forever('a'))), {
      clientThreads: 1,
      answer: firstTakes(0.25),
    });
    expect(times(simulated).map((each) => Math.round(each * 100))).toEqual([0, 25, 25, 30, 40]);
  });

  test('does not make up for more than a second', () => {
    const simulated = run(timeLimit(70, rate(10, forever('a'))), {
      clientThreads: 1,
      answer: firstTakes(60),
    });
    expect(invocations(simulated)).toHaveLength(1 + 10 + 100);
  });

  test('a rate of 0 is refused', () => {
    expect(() => rate(0, forever('a'))).toThrow(RangeError);
  });
});

describe('stagger', () => {
  test.each(['exponential', 'uniform'] as const)('%s: the mean rate is the one asked', (shape) => {
    const simulated = run(stagger(random, 200, forever('a'), shape), {
      answer: quick,
      operationsMax: 4_000,
    });
    const seconds = secondsOf(invocations(simulated).at(-1)!);
    expect(4_000 / seconds / 200).toBeGreaterThan(0.95);
    expect(4_000 / seconds / 200).toBeLessThan(1.05);
  });

  test('uniform intervals are never longer than twice the mean; exponential ones are', () => {
    expect(longest('uniform')).toBeLessThanOrEqual(0.2 + 1e-6);
    expect(longest('exponential')).toBeGreaterThan(0.2);
  });

  test('ends as soon as what it holds back has ended', () => {
    expect(run(stagger(random, 1, limit(1, forever('a')))).ended).toBe('done');
  });
});

describe('delay', () => {
  test('keeps the distance from each operation to the next, and makes up for nothing', () => {
    const simulated = run(limit(4, delay(0.5, forever('a'))), {
      clientThreads: 1,
      answer: firstTakes(1),
    });
    expect(times(simulated)).toEqual([0, 1, 1.5, 2]);
  });
});

describe('time limit and sleep', () => {
  test('never emits once its time has passed', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 3_000 }),
        fc.integer({ min: 1, max: 500 }),
        (ms, hz) => {
          const limited = timeLimit(ms / 1000, stagger(random, hz, counted('a')));
          const simulated = run(sequence([sleep(1), limited]), { operationsMax: 2_000 });
          for (const at of times(simulated)) {
            expect(at).toBeGreaterThanOrEqual(1);
            expect(at).toBeLessThan(1 + ms / 1000);
          }
        },
      ),
    );
  });

  test('emits until just before', () => {
    expect(invocations(run(timeLimit(1, rate(100, forever('a')))))).toHaveLength(100);
  });

  test('ends in time although every thread is busy and the limit is inside another wait', () => {
    const simulated = run(sequence([timeLimit(1, sleep(100)), limit(1, forever('b'))]));
    expect(times(simulated)).toEqual([1]);
  });
});
