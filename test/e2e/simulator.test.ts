/** The simulator as a user meets it: runs that repeat in another process, what is refused, how one is interrupted. */
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { dsp, freshFolder } from '../support/dsp.ts';

let out: string;
beforeAll(() => void (out = freshFolder()));
afterAll(() => rmSync(out, { recursive: true, force: true }));

const sim = ['test', '--runtime', 'sim', '--quiet'];

/** Every file of a run that says what happened, by its name. */
function recorded(folder: string): Record<string, string> {
  const nodes = readdirSync(join(folder, 'nodes')).map((node) => `nodes/${node}/trace.jsonl`);
  return Object.fromEntries(
    ['history.jsonl', ...nodes].map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  );
}

/** The folders of the runs below, in the order in which they were made. */
function runsIn(folder: string): string[] {
  const kind = readdirSync(folder).find((name) => name !== 'latest');
  return readdirSync(join(folder, kind!)).map((name) => join(folder, kind!, name));
}

/** None while the run is still being begun. */
function historiesIn(folder: string): string[] {
  try {
    return runsIn(folder).map((run) => readFileSync(join(run, 'history.jsonl'), 'utf8'));
  } catch {
    return [];
  }
}

const waiting = { timeout: 30_000, interval: 50 };

describe('dsp test --runtime sim', () => {
  test('makes the same runs in another process, byte for byte', async () => {
    const flags = ['--nemesis', 'partition,kill,pause', '--time-limit', '8', '--seed', '5'];
    const folders = ['one', 'two'].map((name) => join(out, name));
    for (const folder of folders) {
      const { exitCode } = await dsp([...sim, ...flags, '--repeat', '4', '--out', folder]);
      expect(exitCode).toBe(0);
    }
    const [one, two] = folders.map((folder) => runsIn(folder).map(recorded));
    expect(one).toHaveLength(4);
    expect(two).toEqual(one);
    expect(new Set(one!.map((files) => files['history.jsonl'])).size).toBe(4);
  });

  test('makes a run twice when asked to, and says that it came out the same', async () => {
    const flags = ['--nemesis', 'kill', '--time-limit', '5', '--seed', '6', '--check-determinism'];
    const { exitCode, stdout } = await dsp([...sim, ...flags, '--out', join(out, 'twice')]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('the same history and traces, byte for byte');
  });

  test('writes down the messages around what it finds, and none where it finds nothing', async () => {
    const bug = ['--bug', 'leader-and-followers/stale-leader-reads', '--seed', '1'];
    const folder = join(out, 'messages');
    const { exitCode } = await dsp([...sim, '--nemesis', 'partition', ...bug, '--out', folder]);
    expect(exitCode).toBe(1);
    const [run] = runsIn(folder);
    const [line] = readFileSync(join(run!, 'messages.jsonl'), 'utf8').split('\n');
    expect(Object.keys(JSON.parse(line!) as object)).toEqual([
      'sentNs',
      'arrivedNs',
      'from',
      'to',
      'kind',
      'text',
    ]);
    expect(readdirSync(runsIn(join(out, 'twice'))[0]!)).not.toContain('messages.jsonl');
  });

  test('ends in good order at SIGINT, and keeps the history', async () => {
    const folder = join(out, 'interrupted');
    const running = dsp([...sim, '--time-limit', '86400', '--seed', '1', '--out', folder]);
    await vi.waitUntil(
      () => historiesIn(folder).some((text) => text.includes('"f":"load"')),
      waiting,
    );
    running.kill('SIGINT');
    const { exitCode, stdout } = await running;
    expect(exitCode).toBe(130);
    expect(stdout).toContain('seed');
    const [history] = historiesIn(folder);
    expect(history!.split('\n').at(-2)).toContain('"interrupted":true');
  });
});

describe('what the simulator refuses, with 64 and a sentence', () => {
  test.each<[string, string[], string]>([
    ['a server as it is', ['--system', 'etcd'], 'only node programs written against Env'],
    ['an option that cannot be', ['--option', 'sim.latency-ms=9-1'], 'not MIN-MAX'],
    ['an option of another runtime', ['--option', 'sim.weathr=fair'], 'sim.weather'],
  ])('%s', async (_, flags, sentence) => {
    const { exitCode, stderr } = await dsp([...sim, ...flags, '--out', out]);
    expect(exitCode).toBe(64);
    expect(stderr).toContain(sentence);
  });

  test('options of the simulator under another runtime, and exact repetition there', async () => {
    const option = await dsp(['test', '--option', 'sim.weather=fair', '--out', out]);
    expect(option.exitCode).toBe(64);
    const twice = await dsp(['test', '--check-determinism', '--out', out]);
    expect(twice.exitCode).toBe(64);
    expect(twice.stderr).toContain('--runtime sim');
  });
});
