import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isNemesis } from '../../src/core/history/entry.ts';
import { decodeHistory } from '../../src/core/history/codec.ts';
import type { VerdictFile } from '../../src/store/verdict-file.ts';
import { dsp, freshFolder, nothingLeft, runningWith } from '../support/dsp.ts';

let out: string;
beforeAll(() => void (out = freshFolder()));
afterAll(() => rmSync(out, { recursive: true, force: true }));

const latest = (name: string) => join(out, 'latest', name);
const verdictOf = (folder: string) =>
  JSON.parse(readFileSync(join(folder, 'verdict.json'), 'utf8')) as VerdictFile;

describe('dsp test --nemesis partition', () => {
  test('reaches a valid verdict, writes every file, and leaves nothing running', async () => {
    const running = dsp([
      'test',
      '--nemesis',
      'partition',
      '--time-limit',
      '15',
      '--seed',
      '7',
      '--out',
      out,
    ]);
    const record = await runningWith(out, 6);
    const { exitCode, stderr, stdout } = await running;
    expect([exitCode, stderr.includes('Error')], stderr).toEqual([0, false]);
    expect(stdout + stderr).toContain('valid');
    await nothingLeft(record);
    const files = [
      'plan.json',
      'history.jsonl',
      'verdict.json',
      'report.html',
      'junit.xml',
      'summary.md',
      'dsp.log',
      'toxiproxy.log',
    ];
    const nodeFiles = ['stdout.log', 'stderr.log', 'trace.jsonl'].map((name) => `nodes/n1/${name}`);
    expect([...files, ...nodeFiles].filter((name) => !existsSync(latest(name)))).toEqual([]);
  });

  test('has faults that took hold, with their evidence in the history', () => {
    const { entries } = decodeHistory(
      readFileSync(latest('history.jsonl'), 'utf8'),
      'history.jsonl',
    );
    const installed = entries.filter(
      ({ process, type, f }) => isNemesis(process) && type === 'ok' && f === 'start',
    );
    expect(installed.length).toBeGreaterThan(0);
    for (const { value } of installed) {
      const { evidence } = value as { evidence: { cut: string[]; leaking: string[] } };
      expect(evidence.cut.length).toBeGreaterThan(0);
      expect(evidence.leaking).toEqual([]);
    }
    expect(verdictOf(join(out, 'latest')).counts.faultsInstalled).toBe(installed.length);
  });

  test('is judged the same again from its folder', async () => {
    const again = await dsp(['check', join(out, 'latest'), '--json']);
    expect(again.exitCode).toBe(0);
    expect(JSON.parse(again.stdout)).toMatchObject([{ verdict: 'valid' }]);
  });

  test('a leader that answers reads without asking is caught, and the exit status says so', async () => {
    const bug = 'leader-and-followers/stale-leader-reads';
    const result = await dsp([
      'test',
      '--nemesis',
      'partition',
      '--option',
      'partition.shape=leader-alone',
      '--bug',
      bug,
      '--seed',
      '3',
      '--out',
      out,
      '--json',
    ]);
    expect(result.exitCode, result.stderr).toBe(1);
    const verdict = JSON.parse(result.stdout) as VerdictFile;
    expect(verdict).toMatchObject({ verdict: 'invalid', kind: 'safety' });
    expect(verdict.findings[0]).toMatchObject({ type: 'not-linearizable' });
    expect(verdict.replay).toContain(`--bug ${bug}`);
  });
});

test('the same seed gives the same plan, and the same faults in the same order', async () => {
  const folders: string[] = [];
  for (const name of ['a', 'b']) {
    const folder = join(out, name);
    const rhythm = ['--fault-seconds', '1-2', '--calm-seconds', '0.5-1'];
    const small = ['--nemesis', 'partition,pause', '--nodes', '3', '--time-limit', '10'];
    const result = await dsp(['test', ...small, ...rhythm, '--seed', 'twice', '--out', folder]);
    expect(result.exitCode, result.stderr).toBe(0);
    folders.push(join(folder, 'latest'));
  }
  const [first, second] = folders.map((folder) => ({
    plan: readFileSync(join(folder, 'plan.json'), 'utf8'),
    faults: faultsOf(folder),
  }));
  expect(second!.plan).toBe(first!.plan);
  const common = Math.min(first!.faults.length, second!.faults.length);
  expect(common).toBeGreaterThan(1);
  expect(second!.faults.slice(0, common)).toEqual(first!.faults.slice(0, common));
});

/** What each family was asked to do, in its own order. */
function faultsOf(folder: string): unknown[] {
  const { entries } = decodeHistory(readFileSync(join(folder, 'history.jsonl'), 'utf8'), folder);
  const asked = entries.filter(
    ({ process, type, f }) => isNemesis(process) && type === 'invoke' && f === 'start',
  );
  return asked.filter(({ process }) => process === 'nemesis:partition').map(({ value }) => value);
}
