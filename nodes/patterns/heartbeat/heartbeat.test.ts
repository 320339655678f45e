import { describe, expect, test } from 'vitest';
import type { WallTimeMs } from '../../../src/core/time.ts';
import type { Env } from '../../sdk/env.ts';
import { loneEnv } from '../../sdk/memory/lone-env.fixture.ts';
import { beats } from './beats.ts';
import { failureDetector, missedBeats } from './failure-detector.ts';

const policyOf = ({ random }: Env) => missedBeats(random, { timeoutMsMin: 300, timeoutMsMax: 600 });

describe('beats', () => {
  test('come at every interval until they are cancelled', async () => {
    const { world, env } = loneEnv();
    let count = 0;
    const cancel = beats(env(), 100, () => count++);
    await world.run(1050);
    cancel();
    await world.run(1000);
    expect(count).toBe(10);
  });
});

describe('failure detector', () => {
  test('suspects after a silence between its bounds', async () => {
    const { world, env } = loneEnv();
    const suspicions: number[] = [];
    failureDetector(env(), policyOf(env()), () => suspicions.push(world.timeline.nowMs));
    const startedAt = world.timeline.nowMs;
    await world.runUntil(() => suspicions.length > 0, 600);
    expect(suspicions[0]! - startedAt).toBeGreaterThanOrEqual(300);
  });

  test('does not suspect what is heard in time', async () => {
    const { world, env } = loneEnv();
    let suspicions = 0;
    const detector = failureDetector(env(), policyOf(env()), () => suspicions++);
    beats(env(), 290, () => detector.heard());
    await world.run(60_000);
    expect(suspicions).toBe(0);
  });

  test('suspects again while the silence lasts, and not once it is heard again', async () => {
    const { world, env } = loneEnv();
    let suspicions = 0;
    const detector = failureDetector(env(), policyOf(env()), () => suspicions++);
    await world.run(3000);
    expect(suspicions).toBeGreaterThanOrEqual(5);
    beats(env(), 100, () => detector.heard());
    await world.run(600);
    const before = suspicions;
    await world.run(10_000);
    expect(suspicions).toBe(before);
  });

  test('several detectors of the same silence do not all fire at once', async () => {
    const firsts = await Promise.all(
      Array.from({ length: 10 }, async (_, seed) => {
        const { world, env } = loneEnv(seed);
        let at = 0;
        failureDetector(env(), policyOf(env()), () => (at ||= world.timeline.nowMs));
        await world.run(700);
        return at;
      }),
    );
    expect(new Set(firsts).size).toBeGreaterThan(7);
  });

  test('a wall clock that jumps neither makes it suspect nor keeps it from it', async () => {
    const { world, env } = loneEnv();
    let wallMs = 1_000_000;
    const skewed = { ...env(), wallNow: () => (wallMs += 3_600_000) as WallTimeMs };
    let suspicions = 0;
    const detector = failureDetector(skewed, policyOf(skewed), () => suspicions++);
    const cancel = beats(skewed, 100, () => {
      skewed.wallNow();
      detector.heard();
    });
    await world.run(5000);
    expect(suspicions).toBe(0);
    cancel();
    wallMs = 0;
    await world.run(700);
    expect(suspicions).toBe(1);
  });

  test('says how long it has heard nothing', async () => {
    const { world, env } = loneEnv();
    const detector = failureDetector(env(), policyOf(env()), () => {});
    await world.run(50);
    detector.heard();
    await world.run(120);
    expect(detector.silenceMs()).toBe(120);
  });

  test('is silent once it is stopped', async () => {
    const { world, env } = loneEnv();
    let suspicions = 0;
    failureDetector(env(), policyOf(env()), () => suspicions++).stop();
    await world.run(5000);
    expect(suspicions).toBe(0);
  });
});
