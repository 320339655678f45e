/** The worker with its real process. */
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Plan } from '../core/plan.ts';
import { simPlan } from '../run/plan.fixture.ts';
import type { Task } from './task.ts';
import { openWorker } from './worker.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dsp-worker-'));
});
afterAll(() => rm(folder, { recursive: true }));

const simulate = (plan: Plan): Task => ({ mode: 'simulate', plan, secondsMax: 60 });
const open = () => openWorker({ memoryMegabytes: 512 });

describe('a worker', () => {
  test('makes one run after the other, and says the same of the same plan', async () => {
    await using worker = open();
    const first = await worker.run(simulate(simPlan()));
    expect(first).toMatchObject({
      how: 'judged',
      verdict: { verdict: 'valid', seed: '1', findings: [] },
    });
    expect(await worker.run(simulate(simPlan()))).toMatchObject({
      verdict: { counts: first.how === 'judged' ? first.verdict.counts : undefined },
    });
  });

  test('leaves a folder of a run where it is asked to, and nowhere else', async () => {
    await using worker = open();
    const task = { ...simulate(simPlan()), mode: 'run', outFolder: folder } as const;
    const outcome = await worker.run(task);
    expect(outcome).toMatchObject({ how: 'judged', folder: expect.stringContaining(folder) });
    expect(existsSync(join(folder, 'latest', 'verdict.json'))).toBe(true);
    const before = readdirSync(folder);
    const { outFolder: _, ...passing } = task;
    expect(await worker.run(passing)).not.toHaveProperty('folder');
    expect(readdirSync(folder)).toEqual(before);
  });

  test('that cannot begin a task says why, and takes the next', async () => {
    await using worker = open();
    const stranger = { ...simPlan(), system: 'nowhere' };
    expect(await worker.run(simulate(stranger))).toMatchObject({
      how: 'failed',
      message: '--system: nowhere is not known',
    });
    expect(await worker.run(simulate(simPlan()))).toMatchObject({ how: 'judged' });
  });

  test('that is out of time or out of memory is lost alone, and the next task has another', async () => {
    await using worker = open();
    const long = { ...simulate(simPlan({ timeLimit: 3600 })), secondsMax: 1 };
    expect(await worker.run(long)).toMatchObject({ how: 'hung' });
    expect(await worker.run(simulate(simPlan()))).toMatchObject({ how: 'judged' });
    await using small = openWorker({ memoryMegabytes: 20 });
    expect(await small.run(simulate(simPlan({ timeLimit: 600, rate: 2000 })))).toMatchObject({
      how: 'crashed',
    });
  });

  test('gives a simulated run up as soon as it is stopped', async () => {
    await using worker = open();
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 300);
    const outcome = await worker.run(simulate(simPlan({ timeLimit: 3600 })), stop.signal);
    expect(outcome).toMatchObject({ how: 'stopped' });
    expect(await worker.run(simulate(simPlan()), stop.signal)).toMatchObject({ how: 'stopped' });
  });

  test('that is disposed of starts nothing any more', async () => {
    const worker = open();
    await worker[Symbol.asyncDispose]();
    expect(await worker.run(simulate(simPlan()))).toMatchObject({ how: 'stopped', wallSeconds: 0 });
  });
});
