import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { loneEnv } from '../../sdk/memory/lone-env.fixture.ts';
import { failureDetector } from './failure-detector.ts';
import { phi, phiAccrual, silenceMsAt, type PhiOptions } from './phi-accrual.ts';

const options: PhiOptions = {
  suspectAtPhi: 8,
  gapsMax: 100,
  gapMsExpected: 100,
  deviationMsMin: 10,
  extraMsMax: 0,
};

/** Watches a sender whose gaps between beats are drawn from these bounds; when it was suspected. */
function watch(gapMsMin: number, gapMsMax: number) {
  const { world, env } = loneEnv();
  const given = env();
  const suspicions: number[] = [];
  const policy = phiAccrual(given, given.random, options);
  const detector = failureDetector(given, policy, () => suspicions.push(world.timeline.nowMs));
  let alive = true;
  const next = (): void => {
    if (!alive) return;
    detector.beat();
    given.after(given.random.integer(gapMsMin, gapMsMax), next);
  };
  next();
  /** How long it takes from now until a sender that falls silent is suspected. */
  const timeToSuspect = async (): Promise<number> => {
    alive = false;
    await world.runUntil(() => suspicions.length > 0, 60_000);
    return detector.silenceMs();
  };
  return { world, suspicions, timeToSuspect, detector };
}

describe('phi', () => {
  const gaps = { meanMs: 100, deviationMs: 10 };

  test.each([
    [100, 0.301], // half of the beats come later than the mean
    [110, 0.8], // one in 6.3 comes later than one deviation
    [120, 1.643], // one in 44 than two
    [130, 2.87], // one in 741 than three
  ])('of a silence of %i ms is that of the normal distribution', (silenceMs, expected) => {
    expect(phi(silenceMs, gaps)).toBeCloseTo(expected, 1);
  });

  test('is a number for any silence', () => {
    expect(phi(0, gaps)).toBeCloseTo(0, 5);
    expect(phi(3_600_000, gaps)).toBeGreaterThan(1e6);
  });

  const gap = fc.record({
    meanMs: fc.double({ min: 1, max: 10_000, noNaN: true }),
    deviationMs: fc.double({ min: 1, max: 1000, noNaN: true }),
  });
  test.prop([gap, fc.double({ min: 0.5, max: 15, noNaN: true })])(
    'is reached at the silence that is found for it, and not a millisecond before',
    (of, wanted) => {
      const silenceMs = silenceMsAt(wanted, of);
      expect(phi(silenceMs, of)).toBeGreaterThanOrEqual(wanted);
      expect(phi(silenceMs - 1, of)).toBeLessThan(wanted);
    },
  );
});

describe('a phi-accrual detector', () => {
  test('suspects a sender that falls silent, and none that beats', async () => {
    const { world, suspicions, timeToSuspect } = watch(90, 110);
    await world.run(60_000);
    expect(suspicions).toEqual([]);
    expect(await timeToSuspect()).toBeLessThan(250);
  });

  test('waits longer for one whose beats come unevenly, and is not wrong about it', async () => {
    const { world, suspicions, timeToSuspect } = watch(20, 380);
    await world.run(10_000);
    suspicions.length = 0;
    await world.run(60_000);
    expect(suspicions).toEqual([]);
    expect(await timeToSuspect()).toBeGreaterThan(400);
  });

  test('does not learn from the gap that a suspicion ended', async () => {
    const { world, suspicions, detector, timeToSuspect } = watch(90, 110);
    await world.run(5000);
    await timeToSuspect();
    await world.run(30_000);
    for (let n = 0; n < 20; n++) {
      detector.beat();
      await world.run(100);
    }
    suspicions.length = 0;
    expect(await timeToSuspect()).toBeLessThan(250);
  });

  test('takes other signs of life for life, and learns nothing from them', async () => {
    const { world, suspicions, detector, timeToSuspect } = watch(90, 110);
    for (let n = 0; n < 2000; n++) {
      detector.heard();
      await world.run(5);
    }
    expect(suspicions).toEqual([]);
    expect(await timeToSuspect()).toBeGreaterThan(130);
  });
});
