/** The commands that look at runs that are over, and clean up after those that died: real command lines, no cluster. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { groupState, startOf } from '../src/runtimes/process/group.ts';
import { recordsFolder, writeRecord } from '../src/runtimes/process/run-record.ts';
import { dsp } from './support/dsp.ts';
import { writeSyntheticRun } from './support/synthetic-run.ts';

let out: string;
let run: string;
beforeAll(async () => {
  out = mkdtempSync(join(tmpdir(), 'dsp-runs-'));
  run = join(out, 'replicated-log-register-partition', '20260101T000000-000Z-77');
  await writeSyntheticRun(run, { seed: '77', kind: 'invalid', operations: 300 });
});
afterAll(() => rmSync(out, { recursive: true }));

describe('a run that is over', () => {
  test('dsp show finds it by its seed and says verdict, findings and how to go on', async () => {
    const { stdout, stderr, exitCode } = await dsp(['show', '77', '--out', out]);
    expect(stdout).toMatch(/^invalid \(safety\): /);
    expect(stdout).toContain('not-linearizable');
    expect(stdout).toContain('dsp check');
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
  });

  test('dsp show --json prints the verdict file and nothing else', async () => {
    const { stdout } = await dsp(['show', run, '--json']);
    const file = readFileSync(join(run, 'verdict.json'), 'utf8');
    expect(JSON.parse(stdout)).toEqual(JSON.parse(file));
  });

  test.each(['report', 'open'])(
    'dsp %s renders its report and prints the path',
    async (command) => {
      rmSync(join(run, 'report.html'), { force: true });
      const { stdout, stderr, exitCode } = await dsp([command, '77', '--out', out]);
      expect({ stdout, stderr, exitCode }).toEqual({
        stdout: join(run, 'report.html'),
        stderr: '',
        exitCode: 0,
      });
      expect(existsSync(join(run, 'report.html'))).toBe(true);
    },
  );

  test('dsp check judges it by what it holds, and keeps the verdict of its time', async () => {
    const before = readFileSync(join(run, 'verdict.json'), 'utf8');
    const { stdout, exitCode } = await dsp(['check', run, '--json']);
    expect(JSON.parse(stdout)).toMatchObject([{ file: run, verdict: 'invalid', kind: 'safety' }]);
    expect(exitCode).toBe(1);
    expect(readFileSync(join(run, 'verdict.json'), 'utf8')).toBe(before);
  });

  test('dsp check --checker has its nodes’ traces and logs, not the history alone', async () => {
    const sample = 'results/sample';
    const traced = await dsp(['check', sample, '--checker', 'one-leader-per-generation']);
    expect(traced.stdout).toMatch(/^valid: \d+ generations/);
    const stray = await dsp(['check', sample, '--checker', 'set']);
    expect(stray).toMatchObject({ exitCode: 65, stdout: '' });
    expect(stray.stderr).toMatch(/the checker set does not know the function .*\n.*add, read/);
  });
});

describe('a history of another tool', () => {
  const operation = (type: string, f: string, value: unknown, process = 0) =>
    `${JSON.stringify({ process, type, f, value })}\n`;
  const keyed =
    operation('invoke', 'write', [1, 5]) +
    operation('ok', 'write', [1, 5]) +
    operation('invoke', 'read', [2, null]) +
    operation('ok', 'read', [2, null]);
  const check = async (text: string, ...flags: string[]) => {
    const path = join(out, 'foreign.json');
    writeFileSync(path, text);
    const { stdout, ...rest } = await dsp(['check', path, '--model', 'register', ...flags]);
    return { stdout: stdout.replaceAll(path, 'FILE'), ...rest };
  };

  test('is split by key where its reads ask for one, and not where that is forbidden', async () => {
    expect(await check(keyed)).toMatchObject({
      stdout: 'valid: 2 operations on 2 keys are linearizable',
      exitCode: 0,
    });
    expect(await check(keyed, '--no-independent')).toMatchObject({ exitCode: 1 });
  });

  test('is told what is wrong with it, by line, and with --strict nothing else', async () => {
    const broken = keyed + operation('ok', 'write', [1, 6], 3);
    const { stdout, exitCode } = await check(broken, '--json');
    const sentence = 'FILE:5: process 3 completes an operation that it did not invoke';
    expect(JSON.parse(stdout)).toMatchObject([
      { verdict: 'unknown', reason: 'torn', problems: 1, findings: [{ summary: sentence }] },
    ]);
    expect(exitCode).toBe(2);
    expect(await check(broken, '--strict')).toMatchObject({ stdout: '', exitCode: 65 });
  });
});

describe('dsp clean', () => {
  /** A process group that sleeps, recorded for a controller that is gone, or for this very process. */
  async function recorded(runId: string, controllerStart: string | undefined) {
    const sleeper = spawn('sleep', ['600'], { detached: true, stdio: 'ignore' });
    const pid = sleeper.pid!;
    await vi.waitUntil(() => startOf(pid) !== undefined);
    const group = { pid, start: startOf(pid)!, what: 'n1' };
    const start = controllerStart ?? 'never';
    const controller = { controllerPid: process.pid, controllerStart: start };
    writeRecord({ runId, ...controller, groups: [group], folder: join(out, runId) });
    return { pid, record: join(recordsFolder(), `${runId}.json`) };
  }

  test('ends what a run left behind whose controller is gone, after saying so when asked', async () => {
    const { pid, record } = await recorded(`test-gone-${process.pid}`, undefined);
    const planned = await dsp(['clean', '--dry-run']);
    expect(planned.stdout).toContain(`would end n1 (${pid})`);
    expect(groupState(pid)).toBe('running');
    const done = await dsp(['clean']);
    expect(done.stdout).toContain(`ended n1 (${pid})`);
    await vi.waitUntil(() => groupState(pid) === 'gone');
    expect(existsSync(record)).toBe(false);
  });

  test('does not touch a run whose controller still runs', async () => {
    const own = startOf(process.pid);
    const { pid, record } = await recorded(`test-alive-${process.pid}`, own);
    const { stdout } = await dsp(['clean']);
    expect(stdout).not.toContain(String(pid));
    expect(groupState(pid)).toBe('running');
    process.kill(-pid, 'SIGKILL');
    rmSync(record);
  });
});
