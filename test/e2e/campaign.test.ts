import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Row } from '../../src/campaign/row.ts';
import type { CampaignSummary } from '../../src/campaign/summary.ts';
import { groupState } from '../../src/runtimes/process/group.ts';
import { dsp, freshFolder } from '../support/dsp.ts';

let out: string;
beforeEach(() => void (out = freshFolder()));
afterEach(() => rmSync(out, { recursive: true, force: true }));

const begin = (...args: readonly string[]) =>
  dsp(['campaign', '--seed', '1', '--workers', '2', '--out', out, ...args]);
const simulated = [
  '--runtime',
  'sim',
  '--nodes',
  '3',
  '--nemesis',
  'partition',
  '--nemesis',
  'kill',
];

const folder = (): string => {
  const campaigns = join(out, 'campaigns');
  return join(campaigns, existsSync(campaigns) ? (readdirSync(campaigns)[0] ?? '') : '');
};
const rows = (): Row[] => {
  const file = join(folder(), 'rows.jsonl');
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Row);
};
const waiting = { timeout: 60_000, interval: 20 };
const rowsMade = (count: number) => vi.waitUntil(() => rows().length >= count, waiting);

/** Whatever the process has started that still runs. */
function childrenOf(pid: number): number[] {
  try {
    const said = execFileSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' });
    return said.trim().split('\n').map(Number);
  } catch {
    return [];
  }
}

const gone = (pids: readonly number[]) =>
  vi.waitUntil(() => pids.every((pid) => groupState(pid) === 'gone'), waiting);

/** Every run of the matrix has one row, and no other is there. */
function eachOnce(seeds: number): void {
  const made = rows().map(({ cell, seed }) => `${cell} ${seed}`);
  expect(new Set(made).size).toBe(made.length);
  expect(made.length).toBe(2 * seeds);
}

const resume = () => dsp(['campaign', '--resume', 'latest', '--out', out, '--json']);

describe('however a campaign ends, nothing of it is left, and it goes on where it was', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s: says what there is and how to go on, exits %i', async (signal, status) => {
    const running = begin(...simulated, '--seeds', '15');
    await rowsMade(4);
    const workers = childrenOf(running.pid!);
    expect(workers).toHaveLength(2);
    running.kill(signal);
    const { exitCode, stdout } = await running;
    expect(exitCode).toBe(status);
    await gone(workers);
    expect(stdout).toMatch(/^valid: \d+ of 30 runs: \d+ valid/);
    expect(stdout).toContain(`npx dsp campaign --resume ${folder()}`);
    expect(readFileSync(join(folder(), 'junit.xml'), 'utf8')).toContain('type="incomplete"');
    const { exitCode: then, stdout: summary } = await resume();
    expect(then).toBe(0);
    expect(JSON.parse(summary) as CampaignSummary).toMatchObject({ complete: true, runs: 30 });
    eachOnce(15);
  });

  test('kill -9: the workers end by themselves, and no run is made twice', async () => {
    const running = begin(...simulated, '--seeds', '15');
    await rowsMade(4);
    const workers = childrenOf(running.pid!);
    running.kill('SIGKILL');
    await running;
    await gone(workers);
    const before = rows();
    expect((await resume()).exitCode).toBe(0);
    expect(rows().slice(0, before.length)).toEqual(before);
    eachOnce(15);
  });
});

describe('a worker that is lost is an error row, and the campaign goes on', () => {
  test('one that is killed', async () => {
    const running = begin(...simulated, '--seeds', '10');
    await rowsMade(2);
    process.kill(childrenOf(running.pid!)[0]!, 'SIGKILL');
    const { exitCode, stdout } = await running;
    expect(exitCode, stdout).toBe(70);
    eachOnce(10);
    const lost = rows().filter(({ verdict }) => verdict !== 'valid');
    expect(lost).toHaveLength(1);
    expect(lost[0]).toMatchObject({ verdict: 'error', errorCode: 'harness' });
    expect(lost[0]!.summary).toMatch(/^crashed: its process ended with SIGKILL/);
    expect(stdout).toContain(lost[0]!.replay);
  });

  test('one that hangs', async () => {
    const running = begin(...simulated, '--seeds', '10', '--run-seconds-max', '10');
    await rowsMade(2);
    const [worker] = childrenOf(running.pid!);
    process.kill(worker!, 'SIGSTOP');
    const { exitCode, stdout } = await running;
    expect(exitCode, stdout).toBe(70);
    await gone([worker!]);
    eachOnce(10);
    const lost = rows().filter(({ verdict }) => verdict !== 'valid');
    expect(lost.map(({ summary }) => summary)).toEqual(['hung: it took longer than 10 s']);
  });
});

describe('under the process runtime', () => {
  test('real runs have rows too, and a valid one leaves no folder', async () => {
    const { exitCode, stdout } = await dsp([
      'campaign',
      '--nodes',
      '3',
      '--nemesis',
      'kill',
      '--seed',
      '1',
      '--seeds',
      '2',
      '--time-limit',
      '4',
      '--calm-seconds',
      '0.5',
      '--fault-seconds',
      '1',
      '--out',
      out,
    ]);
    expect(exitCode, stdout).toBe(0);
    expect(rows().map(({ seed, verdict }) => [seed, verdict])).toEqual([
      ['1', 'valid'],
      ['2', 'valid'],
    ]);
    expect(existsSync(join(folder(), 'runs'))).toBe(false);
  });

  test('SIGINT heals and ends the run that goes, which is no row', async () => {
    const running = begin('--nodes', '3', '--nemesis', 'kill', '--time-limit', '600');
    const runs = join(folder(), 'runs');
    await vi.waitUntil(() => existsSync(join(folder(), 'runs')), waiting);
    const workers = childrenOf(running.pid!);
    await vi.waitUntil(() => childrenOf(workers[0]!).length > 0, waiting);
    const helpers = workers.flatMap(childrenOf);
    running.kill('SIGINT');
    const { exitCode, stdout } = await running;
    expect(exitCode, stdout).toBe(130);
    await gone([...workers, ...helpers]);
    expect(rows()).toEqual([]);
    expect(existsSync(runs)).toBe(false);
  });
});
