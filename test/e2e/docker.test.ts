import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { label, runLabels } from '../../src/runtimes/docker/labels.ts';
import type { VerdictFile } from '../../src/store/verdict-file.ts';
import { dockerForTests, leftInDocker } from '../support/docker.ts';
import { dsp, freshFolder } from '../support/dsp.ts';

const docker = await dockerForTests();
const waiting = { timeout: 60_000, interval: 100 };

let out: string;
const latest = (...name: string[]) => join(out, 'latest', ...name);
const verdict = () => JSON.parse(readFileSync(latest('verdict.json'), 'utf8')) as VerdictFile;
const left = () => leftInDocker(docker!, out);
const run = (...args: string[]) => dsp(['test', '--runtime', 'docker', '--out', out, ...args]);

describe.runIf(docker !== undefined)('dsp test --runtime docker --nemesis partition', () => {
  beforeAll(async () => {
    out = freshFolder();
    const args = ['--nemesis', 'partition', '--time-limit', '10', '--seed', '7', '--keep'];
    const { exitCode, stderr, stdout } = await run(...args);
    expect([exitCode, stdout.split(':')[0]], stderr).toEqual([0, 'valid']);
  });
  afterAll(() => rmSync(out, { recursive: true, force: true }));

  test('leaves no container, network or volume', async () => {
    expect(await left()).toEqual([]);
  });

  test('writes what every run writes, and what the nodes say and keep', () => {
    const files = ['history.jsonl', 'verdict.json', 'report.html', 'toxiproxy.log', 'docker.log'];
    const nodeFiles = ['stdout.log', 'stderr.log', 'trace.jsonl', 'data.tar'];
    const all = [...files, ...nodeFiles.map((name) => `nodes/n1/${name}`)];
    expect(all.filter((name) => !existsSync(latest(name)))).toEqual([]);
    expect(statSync(latest('nodes', 'n1', 'data.tar')).size).toBeGreaterThan(1024);
  });

  test('says that the real Toxiproxy served, and how long the set-up took', () => {
    const { versions, durationSeconds, counts } = verdict();
    expect(versions.toxiproxy).toMatch(/^toxiproxy \S+ \(/);
    expect(durationSeconds.setUp).toBeGreaterThan(0);
    expect(counts.faultsInstalled).toBeGreaterThan(0);
  });

  test('judges the invariants of the patterns from traces', () => {
    const judged = verdict().checks.map(({ checker }) => checker);
    expect(judged).toContain('committed-entries-agree');
    expect(verdict().checks.every((check) => check.verdict.verdict === 'valid')).toBe(true);
  });
});

describe.runIf(docker !== undefined)('however a run in containers ends, nothing is left', () => {
  beforeEach(() => void (out = freshFolder()));
  afterEach(() => rmSync(out, { recursive: true, force: true }));

  async function underLoad(...args: string[]) {
    const running = run('--time-limit', '120', ...args);
    const length = () =>
      existsSync(latest('history.jsonl')) ? statSync(latest('history.jsonl')).size : 0;
    await vi.waitUntil(() => length() > 50_000, waiting);
    return { running };
  }

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s: heals, judges what there is, exits %i', async (signal, status) => {
    const { running } = await underLoad('--nemesis', 'partition,kill,pause');
    running.kill(signal);
    const { exitCode, stderr } = await running;
    expect(exitCode, stderr).toBe(status);
    expect(await left()).toEqual([]);
    expect(verdict()).toMatchObject({ interrupted: true });
    expect(verdict().counts.ok).toBeGreaterThan(0);
    const logs = [latest('toxiproxy.log'), latest('nodes', 'n5', 'trace.jsonl')];
    expect(logs.filter((path) => statSync(path).size === 0)).toEqual([]);
  });

  test('SIGINT twice: stops at once', async () => {
    const { running } = await underLoad();
    running.kill('SIGINT');
    running.kill('SIGINT');
    expect((await running).exitCode).toBe(130);
    await vi.waitUntil(async () => (await left()).length === 0, waiting);
  });

  test('kill -9 of the controller: the reaper removes all, and the history can be judged', async () => {
    const { running } = await underLoad('--nemesis', 'pause');
    running.kill('SIGKILL');
    await running;
    await vi.waitUntil(async () => (await left()).length === 0, waiting);
    const judged = await dsp(['check', latest(), '--json']);
    expect([0, 2]).toContain(judged.exitCode);
  });

  test('two runs at once do not meet', async () => {
    const both = await Promise.all(
      ['1', '2'].map((seed) => run('--time-limit', '5', '--seed', seed)),
    );
    expect(both.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
    expect(await left()).toEqual([]);
  });

  test('dsp clean removes what a run left whose controller and reaper are gone', async () => {
    const labels = {
      ...runLabels('leftover', join(out, 'run')),
      [label.controller]: `${process.pid}:long ago`,
    };
    await docker!.createVolume({ Name: 'dsp-leftover-n1', Labels: labels });
    await docker!.createNetwork({ Name: 'dsp-leftover-network', Labels: labels });
    const shown = await dsp(['clean', '--dry-run']);
    expect(shown.stdout).toContain('would remove network dsp-leftover-network');
    expect(await left()).toHaveLength(2);
    const { stdout, exitCode } = await dsp(['clean']);
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining('volume dsp-leftover-n1')]);
    expect(await left()).toEqual([]);
  });

  test('dsp clean leaves a run alone that still goes', async () => {
    const labels = runLabels('alive', join(out, 'run'));
    await docker!.createVolume({ Name: 'dsp-alive-n1', Labels: labels });
    await dsp(['clean']);
    expect(await left()).toEqual(['volume dsp-alive-n1']);
    await docker!.getVolume('dsp-alive-n1').remove();
  });
});
