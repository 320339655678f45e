/** Replay and shrinking with real processes, and the shrunk run's test in a project of a user's. */
import { existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readPlan } from '../../src/store/run-folder.ts';
import { dsp, freshFolder, nothingLeft, runningWith } from '../support/dsp.ts';
import { ownProject } from '../support/own-project.ts';

let out: string;
beforeAll(() => void (out = freshFolder()));
afterAll(() => rmSync(out, { recursive: true, force: true }));

const bug = ['--nemesis', 'partition', '--bug', 'quorum/half-is-enough', '--seed', '1'];
const results = (stdout: string): string => /results +(\S+)/.exec(stdout)![1]!;

describe('a run of real processes', () => {
  let run: string;
  beforeAll(async () => {
    const args = [...bug, '--time-limit', '10', '--out', out, '-q'];
    run = results((await dsp(['test', ...args])).stdout);
  });

  test('is replayed as its schedule, as often as asked for', async () => {
    const { stdout, exitCode } = await dsp(['replay', run, '--times', '2', '--out', out, '-q']);
    expect(stdout).toMatch(/\n2 runs: /);
    expect([0, 1, 2]).toContain(exitCode);
    const { schedule } = readPlan(join(out, 'latest'));
    expect(schedule).toMatchObject({ calm: true });
    const invoked = readFileSync(join(run, 'history.jsonl'), 'utf8').match(/"type":"invoke"/g)!;
    expect(schedule!.operations.length).toBeGreaterThan(invoked.length / 2);
    const again = readFileSync(join(out, 'latest/history.jsonl'), 'utf8');
    expect(again).toContain('"f":"final-reads"');
    expect(stdout).not.toContain('byte for byte');
  });

  test('is shrunk until Ctrl-C, which leaves nothing running and no folder of a trial', async () => {
    const running = dsp(['shrink', run, '--trials', '1', '--out', out]);
    const record = await runningWith(join(tmpdir(), 'dsp-run-'), 6);
    running.kill('SIGINT');
    const { exitCode, stderr } = await running;
    expect([1, 130], stderr).toContain(exitCode);
    await nothingLeft(record);
    expect(existsSync(record.folder)).toBe(false);
  });

  test('twice Ctrl-C stops at once, and leaves nothing running either', async () => {
    const running = dsp(['shrink', run, '--trials', '1', '--out', out]);
    const record = await runningWith(join(tmpdir(), 'dsp-run-'), 6);
    running.kill('SIGINT');
    running.kill('SIGINT');
    expect((await running).exitCode).toBe(130);
    await nothingLeft(record);
  });
});

test("the shrunk run's test fails while the bug is there, and passes when it is gone", async () => {
  using project = await ownProject();
  project.write('package.json', '{"type":"module"}');
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const vitest = join(root, 'node_modules/vitest');
  symlinkSync(vitest, join(project.folder, 'node_modules/vitest'));
  const args = [...bug, '--runtime', 'sim', '--time-limit', '10'];
  await project.dsp('test', ...args, '-q');
  const shrunk = results((await project.dsp('shrink', '-q')).stdout);
  const path = join(project.folder, shrunk, 'regression.test.ts');
  expect(await project.typeErrors(path)).toBe('');

  const suite = () =>
    execa(process.execPath, [join(vitest, 'vitest.mjs'), 'run', path], {
      cwd: project.folder,
      reject: false,
      env: { CI: 'true', NO_COLOR: '1' },
    });
  const failing = await suite();
  expect(failing.exitCode).toBe(1);
  expect(failing.stdout + failing.stderr).toContain('not-linearizable');
  const text = readFileSync(path, 'utf8');
  writeFileSync(path, text.replace('"quorum/half-is-enough"', ''));
  const passing = await suite();
  expect([passing.exitCode, passing.stdout], passing.stderr).toEqual([
    0,
    expect.stringContaining('1 passed') as string,
  ]);
});
