import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { VerdictFile } from '../../src/store/verdict-file.ts';
import { dsp, freshFolder, nothingLeft, runningWith } from '../support/dsp.ts';

let out: string;
beforeEach(() => void (out = freshFolder()));
afterEach(() => rmSync(out, { recursive: true, force: true }));

const latest = (name: string) => join(out, 'latest', name);

/** A run that is under load, with some history behind it. */
async function underLoad(...more: string[]) {
  const running = dsp([
    'test',
    '--nemesis',
    'partition',
    '--time-limit',
    '120',
    '--out',
    out,
    ...more,
  ]);
  const record = await runningWith(out, 6);
  const length = () =>
    existsSync(latest('history.jsonl')) ? readFileSync(latest('history.jsonl')).length : 0;
  await vi.waitUntil(() => length() > 50_000, { timeout: 60_000, interval: 50 });
  return { running, record };
}

describe('however a run ends, nothing of it is left and its history is kept', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s once: heals, judges what there is, exits %i', async (signal, status) => {
    const { running, record } = await underLoad();
    running.kill(signal);
    const { exitCode, stderr } = await running;
    expect(exitCode, stderr).toBe(status);
    await nothingLeft(record);
    const verdict = JSON.parse(readFileSync(latest('verdict.json'), 'utf8')) as VerdictFile;
    expect(verdict).toMatchObject({ interrupted: true });
    expect(verdict.counts.ok).toBeGreaterThan(0);
    expect(verdict.phases.map(({ name }) => name)).toContain('heal');
  });

  test('SIGINT twice: stops at once', async () => {
    const { running, record } = await underLoad();
    running.kill('SIGINT');
    running.kill('SIGINT');
    expect((await running).exitCode).toBe(130);
    await nothingLeft(record);
  });

  test('kill -9 of the controller: nothing is left within seconds, and the history can be judged', async () => {
    const { running, record } = await underLoad();
    running.kill('SIGKILL');
    await running;
    await nothingLeft(record);
    const judged = await dsp(['check', join(out, 'latest'), '--json']);
    expect([0, 2]).toContain(judged.exitCode);
    expect((JSON.parse(judged.stdout) as { operations: number }[])[0]!.operations).toBeGreaterThan(
      50,
    );
  });
});
