/** Planted bugs, found under the simulator and made small: real runs, in a real worker. */
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systems } from '../../nodes/systems.ts';
import { simPlan } from '../run/plan.fixture.ts';
import { runPlan } from '../run/run.ts';
import { failsAs } from './same-failure.ts';
import { sizeOf } from './scheduled-plan.ts';
import { failedRun, shrinkRun } from './shrink-run.ts';
import { writeShrunk } from './write-shrunk.ts';

let outFolder: string;
beforeAll(async () => void (outFolder = await mkdtemp(join(tmpdir(), 'dsp-shrink-'))));
afterAll(() => rmSync(outFolder, { recursive: true }));

const never = new AbortController().signal;
const recorded = (config: object) => {
  const plan = simPlan({ nodes: 5, timeLimit: 15, ...config });
  return runPlan(plan, { systems, outFolder, keep: false, signal: never, stopNow: never }).then(
    ({ folder }) => ({ plan, folder }),
  );
};

describe('the smallest run', () => {
  test.each([
    ['leader-and-followers/stale-leader-reads', 'partition', '2'],
    ['quorum/half-is-enough', 'partition', '1'],
    ['generation-clock/generation-in-memory', 'kill', '1'],
  ])(
    'of %s has at most 20 operations and 3 faults, and fails again in a folder',
    async (bug, nemesis, seed) => {
      const { plan, folder } = await recorded({ nemesis: [nemesis], bug: [bug], seed });
      const failed = await failedRun(folder, plan);
      const shrunk = (await shrinkRun(failed, {
        systems,
        trials: 1,
        budgetMs: 50_000,
        signal: never,
        stopNow: never,
        onProgress: () => {},
      }))!;
      const { operations, faults } = sizeOf(shrunk.smallest);
      expect(operations).toBeLessThanOrEqual(20);
      expect(faults).toBeLessThanOrEqual(3);
      const { verdict, fails } = await writeShrunk(shrunk.smallest, failed.failure, {
        systems,
        outFolder,
        trials: 1,
        stopNow: never,
      });
      expect(failsAs(failed.failure, verdict)).toBe(true);
      expect(fails).toBe(true);
      expect(verdict.replay).toMatch(/^npx dsp replay /);
    },
  );
});

test('a search that is ended keeps the smallest that it has', async () => {
  const { plan, folder } = await recorded({
    nemesis: ['partition'],
    bug: ['leader-and-followers/stale-leader-reads'],
    seed: '2',
  });
  const failed = await failedRun(folder, plan);
  const interruption = new AbortController();
  const shrunk = (await shrinkRun(failed, {
    systems,
    trials: 1,
    budgetMs: 50_000,
    signal: interruption.signal,
    stopNow: never,
    onProgress: ({ smallest }) => {
      if (smallest !== failed.start) interruption.abort();
    },
  }))!;
  expect(shrunk).toMatchObject({ isSmaller: true, isSmallest: false });
  expect(shrunk.smallest).not.toEqual(failed.start);
});

test('a run that is valid has nothing to shrink', async () => {
  const { plan, folder } = await recorded({ timeLimit: 2 });
  await expect(failedRun(folder, plan)).rejects.toMatchObject({
    code: 'usage',
    message: `there is nothing to shrink: ${folder} is valid, and only an invalid run can be made smaller`,
  });
});

test('one that does not fail any more is not shrunk', async () => {
  const { plan, folder } = await recorded({
    nemesis: ['partition'],
    bug: ['quorum/half-is-enough'],
  });
  const { failure, start } = await failedRun(folder, plan);
  const mended = { failure, start: { ...start, bugs: [] } };
  const options = {
    systems,
    trials: 1,
    budgetMs: 50_000,
    signal: never,
    stopNow: never,
    onProgress: () => {},
  };
  expect(await shrinkRun(mended, options)).toBeUndefined();
});
