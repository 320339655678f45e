/** `dsp replay` and `dsp shrink` as a person meets them: real command lines, and clusters in virtual time. */
import { cpSync, existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readPlan, readVerdict } from '../src/store/run-folder.ts';
import { dsp, freshFolder } from './support/dsp.ts';

let out: string;
let run: string;
beforeAll(async () => {
  out = freshFolder();
  run = await made(
    '--nemesis',
    'partition',
    '--bug',
    'quorum/half-is-enough',
    '--time-limit',
    '10',
  );
}, 60_000);
afterAll(() => rmSync(out, { recursive: true }));

/** The folder of a simulated run. */
async function made(...args: string[]): Promise<string> {
  const always = ['--runtime', 'sim', '--seed', '1', '--out', out, '-q', '-v'];
  const { stdout } = await dsp(['test', ...always.filter((flag) => flag !== '-v'), ...args]);
  return /results +(\S+)/.exec(stdout)![1]!;
}

const replay = (...args: string[]) => dsp(['replay', ...args, '--out', out, '-q']);
const shrink = (...args: string[]) => dsp(['shrink', ...args, '--out', out]);

/** A copy with something changed in one of its files. */
function changed(name: string, file: string, change: (text: string) => string): string {
  const copy = join(out, 'copies', name);
  cpSync(run, copy, { recursive: true });
  writeFileSync(join(copy, file), change(readFileSync(join(copy, file), 'utf8')));
  return copy;
}

describe('dsp replay of a simulated run', () => {
  test('is the same byte for byte, in a folder of its own', async () => {
    const { stdout, exitCode } = await replay('latest');
    expect(stdout).toMatch(/^invalid \(safety\): /);
    expect(stdout).toMatch(
      /\nthe same byte for byte as recorded: \d+ lines of history, \d+ of traces$/,
    );
    expect(exitCode).toBe(1);
    expect(/results +(\S+)/.exec(stdout)![1]).not.toBe(run);
  });

  test('names the first line that differs', async () => {
    const other = changed('other', 'history.jsonl', (text) =>
      text.replace('"f":"read"', '"f":"peek"'),
    );
    const { stdout, exitCode } = await replay(other);
    expect(stdout).toMatch(/not the same as recorded: history\.jsonl differs from line \d+ on/);
    expect(stdout).toMatch(/\n {2}recorded .*"f":"peek".*\n {2}now .*"f":"read"/);
    expect(exitCode).toBe(1);
  });

  test('with --json prints the verdict files alone; of several times each has one', async () => {
    const { stdout, stderr } = await replay(run, '--times', '2', '--json');
    expect(JSON.parse(stdout)).toMatchObject([{ verdict: 'invalid' }, { verdict: 'invalid' }]);
    expect(stderr).toContain('the same byte for byte');
  });
});

describe('dsp shrink of a simulated run', () => {
  test('writes a small run that fails, its test and its report, and says what happened', async () => {
    const { stdout, stderr, exitCode } = await shrink(run);
    expect(exitCode, stderr).toBe(1);
    expect(stderr).toMatch(/^shrinking .* · not-linearizable · at most 120 s\n/);
    expect(stdout).toMatch(/\n {2}before +\d+ faults?, \d{3,} operations, 5 nodes/);
    expect(stdout).toMatch(/\n {2}after +\d faults?, \d{1,2} operations, .*nothing smaller fails/);
    expect(stdout).toMatch(/\n +\d+\.\d{3} s {2}partition +start .* installed/);
    const folder = /results +(\S+)/.exec(stdout)![1]!;
    const files = ['plan.json', 'verdict.json', 'report.html', 'regression.test.ts'];
    expect(files.filter((name) => !existsSync(join(folder, name)))).toEqual([]);
    expect(readPlan(folder).schedule!.operations.length).toBeLessThan(20);
    const text = readFileSync(join(folder, 'regression.test.ts'), 'utf8');
    expect(text).toContain("from 'dsp-harness'");
    expect(text).toContain(`npx dsp replay ${folder}`);

    const again = await replay(folder);
    expect(again.stdout).toContain('the same byte for byte');
    const once = await shrink(folder, '-q');
    expect(once.stderr).toMatch(/nothing smaller than .* fails, of \d+ candidates/);
    expect([again.exitCode, once.exitCode]).toEqual([1, 1]);
  });

  test('ends at Ctrl-C', async () => {
    const running = shrink(run);
    running.stderr.once('data', () => running.kill('SIGINT'));
    const { stderr, exitCode } = await running;
    expect(exitCode, stderr).toBe(130);
    expect(stderr).toContain('interrupted: writing the smallest run so far');
  });

  test('with --json prints the verdict file alone', async () => {
    const { stdout } = await shrink(run, '--json', '-q');
    expect(JSON.parse(stdout)).toMatchObject({ format: 'dsp-verdict', verdict: 'invalid' });
  });
});

describe('what cannot be made again, or smaller, gets one sentence', () => {
  const sentence = async (running: ReturnType<typeof dsp>) => {
    const { stderr, stdout, exitCode } = await running;
    expect(stderr).toMatch(/^dsp: [^\n]+(\n {2}hint: [^\n]+)?$/);
    return `${exitCode} ${stdout}${stderr}`;
  };

  test('a run that is valid', async () => {
    const valid = await made('--time-limit', '2', '--nodes', '3');
    expect(readVerdict(valid).verdict).toBe('valid');
    expect(await sentence(shrink(valid, '-q'))).toMatch(/^64 .*nothing to shrink: .* is valid/);
  });

  test('a run that fails no more', async () => {
    const mended = changed('mended', 'plan.json', (text) =>
      text.replace('"quorum/half-is-enough"', ''),
    );
    expect(await sentence(shrink(mended, '-q'))).toMatch(
      /^64 .*does not fail any more\n.*dsp replay/,
    );
  });

  test('a run without a history, with one that is none, and with a schedule that is none', async () => {
    const bare = changed('bare', 'plan.json', (text) => text);
    rmSync(join(bare, 'history.jsonl'));
    expect(await sentence(replay(bare))).toMatch(/^65 .*history\.jsonl cannot be read/);
    const foreign = changed(
      'foreign',
      'history.jsonl',
      () => 'INFO jepsen.util - 0 :invoke :read\n',
    );
    expect(await sentence(shrink(foreign, '-q'))).toMatch(/^65 .*history\.jsonl/);
    const odd = changed('odd', 'plan.json', (text) =>
      text.replace('"images"', '"schedule": 7, "images"'),
    );
    expect(await sentence(replay(odd))).toMatch(/^65 .*plan\.json: schedule is not an object/);
  });

  test('a run of a system that is not known here', async () => {
    const own = changed('own', 'plan.json', (text) => text.replace('"replicated-log"', '"my-kv"'));
    expect(await sentence(replay(own))).toMatch(/^64 .*my-kv is not known/);
  });
});

test('of all this nothing but results is left', () => {
  expect(readdirSync(out).toSorted()).toEqual(
    [
      'copies',
      'latest',
      ...readdirSync(out).filter((name) => name.startsWith('replicated-log')),
    ].toSorted(),
  );
});
