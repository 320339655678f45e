/** Campaigns and selftests as a person meets them: real command lines, every cluster simulated. */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Campaign } from '../src/campaign/campaign.ts';
import type { Row } from '../src/campaign/row.ts';
import type { SelftestSummary } from '../src/campaign/run-selftest.ts';
import type { CampaignSummary } from '../src/campaign/summary.ts';
import { dsp, freshFolder } from './support/dsp.ts';

let out: string;
beforeAll(() => void (out = freshFolder()));
afterAll(() => rmSync(out, { recursive: true }));

const bug = 'leader-and-followers/stale-leader-reads';
const simulated = ['--runtime', 'sim', '--nodes', '3', '--workers', '1', '--seed', '1'];
const campaign = (seconds: number, ...args: readonly string[]) =>
  dsp(['campaign', ...simulated, '--time-limit', String(seconds), '--out', out, ...args]);

/** The newest campaign, and its rows. */
const newest = (): string => {
  const all = join(out, 'campaigns');
  return join(all, readdirSync(all).toSorted().at(-1)!);
};
const rowsIn = (folder: string): Row[] =>
  readFileSync(join(folder, 'rows.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Row);

const oneSentence = /^dsp: [^\n]+(\n {2}hint: [^\n]+)?$/;

describe('what bad input gets: one sentence, the nearest valid value, and nothing was started', () => {
  test.each([
    [['--seeds', '0'], /--seeds is 0; it must be a whole number.*\n.*nearest valid value is 1$/],
    [['--seeds', 'many'], /--seeds is many; it must be a whole number/],
    [['--workers', '0'], /--workers is 0/],
    [['--run-seconds-max', '0.5'], /--run-seconds-max is 0\.5/],
    [['--shard', '5/4'], /--shard is 5\/4; it must be i\/n, with i from 1 to n/],
    [['--shard', '1/2'], /--shard: every part must be of the same seeds.*\n.*--seed 1/],
    [['--shard', '5/8', '--seed', '1', '--seeds', '4'], /part 5 of 8 is empty.*4 runs in all/],
    [['--keep', 'some'], /--keep: some is not known\n.*failed/],
    [['--nemesis', 'kill', '--nemesis', 'partitoin'], /partitoin.*\n.*did you mean partition\?/],
    [['--nemesis', 'storm'], /--nemesis: storm is not known\n.*none, all/],
    [['--nemesis', 'all,kill'], /all stands for itself/],
    [['--system', 'replicated-log', '--system', 'etdc'], /--system: etdc.*\n.*etcd\?/],
    [['--runtime', 'sim', '--system', 'etcd'], /--runtime sim: etcd is a server/],
    [['--repeat', '3'], /there is no flag --repeat/],
    [['--resume', 'nowhere'], /--resume: there is no campaign nowhere/],
    [['--resume', 'latest', '--nodes', '3'], /--nodes cannot stand beside --resume/],
  ])('dsp campaign %j', async (args, sentence) => {
    const { exitCode, stdout, stderr } = await dsp(['campaign', ...args, '--out', `${out}/no`]);
    expect(stderr).toMatch(oneSentence);
    expect(stderr).toMatch(sentence);
    expect({ exitCode, stdout }).toEqual({ exitCode: 64, stdout: '' });
    expect(existsSync(`${out}/no`)).toBe(false);
  });

  test.each([
    [['--seeds', '0'], /--seeds is 0/],
    [['--bug', 'quorum/half'], /--bug: quorum\/half .*\n.*quorum\/half-is-enough/],
    [['--runtime', 'simulator'], /--runtime: simulator .*\n.*sim/],
    [['--system', 'etcd'], /there is no flag --system/],
  ])('dsp selftest %j', async (args, sentence) => {
    const { exitCode, stdout, stderr } = await dsp(['selftest', ...args]);
    expect(stderr).toMatch(oneSentence);
    expect(stderr).toMatch(sentence);
    expect({ exitCode, stdout }).toEqual({ exitCode: 64, stdout: '' });
  });
});

describe('dsp campaign', () => {
  test('--dry-run prints the matrix: each entry a cell, all for each family and their mix', async () => {
    const { stdout, exitCode } = await campaign(
      10,
      '--nemesis',
      'none',
      '--nemesis',
      'kill,pause',
      '--nemesis',
      'all',
      '--dry-run',
    );
    const { cells, seeds } = JSON.parse(stdout) as Campaign;
    expect(exitCode).toBe(0);
    expect(seeds).toEqual({ first: '1', count: 100 });
    const mixes = cells.map(({ plan }) => plan.nemeses);
    expect(mixes.slice(0, 2)).toEqual([[], ['kill', 'pause']]);
    const families = mixes.slice(2, -1).map(([family]) => family!);
    expect(families).toEqual(expect.arrayContaining(['partition', 'kill', 'pause']));
    expect(mixes.at(-1)).toEqual(families);
  });

  test('right parts pass: a row for each run, no folder of any, and what that is worth', async () => {
    const nemeses = ['--nemesis', 'partition', '--nemesis', 'kill'];
    const { stdout, stderr, exitCode } = await campaign(20, ...nemeses, '--seeds', '2');
    expect(exitCode, stdout).toBe(0);
    expect(stdout).toMatch(/^valid: 4 runs: 4 valid; at 95 % confidence fewer than 53 %/);
    expect(stderr).toMatch(/^seed 1 · 2 cells, 2 seeds: 4 runs/);
    const rows = rowsIn(newest());
    expect(rows.map(({ seed }) => seed)).toEqual(['1', '1', '2', '2']);
    expect(readdirSync(newest()).toSorted()).toEqual(
      ['campaign.json', 'junit.xml', 'rows.jsonl', 'summary.json', 'summary.md'].toSorted(),
    );
  });

  test('a failing seed is named with its checker and its command, which makes the same run again', async () => {
    const { stdout, exitCode } = await campaign(
      20,
      '--nemesis',
      'partition',
      '--bug',
      bug,
      '--seeds',
      '1',
    );
    expect(exitCode, stdout).toBe(1);
    const [row] = rowsIn(newest());
    expect(row).toMatchObject({ verdict: 'invalid', kind: 'safety', checker: 'linearizable' });
    expect(existsSync(join(newest(), row!.folder!, 'report.html'))).toBe(true);
    expect(stdout).toContain(row!.replay);
    const args = row!.replay.split(' ').slice(2);
    const again = await dsp([...args, '--out', join(out, 'again'), '--json']);
    expect(JSON.parse(again.stdout)).toMatchObject({ summary: row!.summary, counts: row!.counts });
  });

  test('--stop-at-first begins no other run, and --resume makes those that are left, each once', async () => {
    const found = ['--nemesis', 'partition', '--bug', bug, '--seeds', '3'];
    const first = await campaign(20, ...found, '--stop-at-first', '--keep', 'none');
    expect(first.exitCode).toBe(1);
    expect(first.stdout).toContain(`npx dsp campaign --resume ${newest()}`);
    expect(rowsIn(newest()).length).toBeLessThan(3);
    const then = await dsp(['campaign', '--resume', 'latest', '--out', out, '--json']);
    expect(then.exitCode).toBe(1);
    expect(JSON.parse(then.stdout) as CampaignSummary).toMatchObject({ complete: true, runs: 3 });
    expect(
      rowsIn(newest())
        .map(({ seed }) => seed)
        .toSorted(),
    ).toEqual(['1', '2', '3']);
    expect(existsSync(join(newest(), 'runs'))).toBe(false);
  });

  test('runs that say nothing are no success', async () => {
    // The only fault comes when the load is about to end.
    const late = ['--nemesis', 'partition', '--calm-seconds', '4.9-5', '--seeds', '10'];
    const { exitCode, stdout } = await campaign(5, ...late);
    expect(exitCode, stdout).toBe(2);
    const reasons = rowsIn(newest()).map(({ reason }) => reason);
    expect(reasons).toContain('vacuous');
  });

  test('a run that takes too long is an error, and the next one is made', async () => {
    const { exitCode, stdout } = await campaign(
      86_400,
      '--run-seconds-max',
      '1',
      '--seeds',
      '2',
      '--json',
    );
    expect(exitCode).toBe(70);
    expect(JSON.parse(stdout)).toMatchObject({ verdict: 'error', runs: 2, error: 2 });
    expect(rowsIn(newest())[1]!.summary).toBe('hung: it took longer than 1 s');
  });

  test('shards make every run once, all together', async () => {
    const part = async (shard: string): Promise<string[]> => {
      await campaign(
        5,
        '--nemesis',
        'kill',
        '--nemesis',
        'pause',
        '--seeds',
        '2',
        '--shard',
        shard,
      );
      return rowsIn(newest()).map(({ cell, seed }) => `${cell} ${seed}`);
    };
    const parts = [...(await part('1/2')), ...(await part('2/2'))];
    expect(parts.toSorted()).toEqual([
      'replicated-log-register-kill 1',
      'replicated-log-register-kill 2',
      'replicated-log-register-pause 1',
      'replicated-log-register-pause 2',
    ]);
  });
});

describe('dsp selftest', () => {
  test('a bug is found, by a checker that it is known by, and right parts pass', async () => {
    const { stdout, exitCode } = await dsp([
      'selftest',
      '--bug',
      bug,
      '--seeds',
      '10',
      '--right-seeds',
      '1',
      '--time-limit',
      '10',
      '--json',
    ]);
    expect(exitCode, stdout).toBe(0);
    const summary = JSON.parse(stdout) as SelftestSummary;
    expect(summary.hunts[0]).toMatchObject({
      bug,
      nemesis: 'partition',
      found: true,
      as: ['not-linearizable'],
    });
    expect(summary.right).toMatchObject({ complete: true, verdict: 'valid' });
  });

  test('a bug that is not found fails it', async () => {
    const { stdout, exitCode } = await dsp([
      'selftest',
      '--bug',
      bug,
      '--seeds',
      '1',
      '--right-seeds',
      '0',
      '--time-limit',
      '0.2',
    ]);
    expect(exitCode, stdout).toBe(1);
    expect(stdout).toMatch(/stale-leader-reads +partition +no/);
    expect(stdout).toMatch(/failed: 0 of 1 bugs found$/);
  });
});
