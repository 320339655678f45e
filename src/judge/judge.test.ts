/** The judge with its real process, on real files. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { encodeEntry, encodeHeader } from '../core/history/codec.ts';
import type { Entry } from '../core/history/entry.ts';
import { defaultBudget } from '../core/seams/checker.ts';
import { checkFile, checkFiles, exitStatusOfRows } from './check-files.ts';
import type { CheckFileOptions, CheckRow } from './check-files.ts';
import { openJudge } from './judge.ts';

const histories = fileURLToPath(new URL('../../test/fixtures/histories', import.meta.url));
const etcd = (name: string) => join(histories, 'etcd-jepsen', name);

const options: CheckFileOptions = {
  checker: 'linearizable',
  model: 'cas-register',
  format: 'auto',
  budget: defaultBudget,
};

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dsp-judge-'));
});
afterAll(() => rm(folder, { recursive: true }));

type Unplaced = Omit<Entry, 'index' | 'timeNs'>;

const encoded = (entries: readonly Unplaced[]): string =>
  encodeHeader({ format: 'dsp-history', version: 1, originNs: 0, startedAt: '' }) +
  entries.map((entry, index) => encodeEntry({ ...entry, index, timeNs: index })).join('');

const written = async (name: string, text: string): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
};

const read = (value: number): Unplaced[] => [
  { process: 0, type: 'invoke', f: 'read', value: null },
  { process: 0, type: 'ok', f: 'read', value },
];
const write: Unplaced[] = [
  { process: 0, type: 'invoke', f: 'write', value: 1 },
  { process: 0, type: 'ok', f: 'write', value: 1 },
];

const collect = async (rows: AsyncIterable<CheckRow>): Promise<CheckRow[]> => {
  const all: CheckRow[] = [];
  for await (const row of rows) all.push(row);
  return all;
};

describe('checking files', () => {
  test('each gives a row, in their order', async () => {
    const files = [etcd('etcd_002.log'), etcd('etcd_000.log'), join(folder, 'missing.log')];
    const rows = await collect(checkFiles(files, options));
    expect(rows).toMatchObject([
      { file: files[0], verdict: 'valid', operations: 77, findings: [] },
      { file: files[1], verdict: 'invalid', kind: 'safety', operations: 85 },
      { file: files[2], verdict: 'error', operations: 0, findings: [] },
    ]);
    expect(rows[1]!.findings).toHaveLength(1);
    expect(rows[0]!.checkMs).toBeGreaterThan(0);
    expect(rows.map((row) => exitStatusOfRows([row]))).toEqual([0, 1, 65]);
  });

  test('the exit status of many hides no violation, and no unreadable file', () => {
    const row = (verdict: CheckRow['verdict']) => ({ verdict }) as CheckRow;
    const [valid, invalid, unknown, error] = (
      ['valid', 'invalid', 'unknown', 'error'] as const
    ).map(row) as [CheckRow, CheckRow, CheckRow, CheckRow];
    expect(exitStatusOfRows([valid, unknown])).toBe(2);
    expect(exitStatusOfRows([unknown, error, valid])).toBe(65);
    expect(exitStatusOfRows([error, invalid, unknown])).toBe(1);
    expect(exitStatusOfRows([])).toBe(0);
  });

  test('a torn history without a violation is unknown, one with a violation is invalid', async () => {
    const torn = await written('torn.jsonl', `${encoded(write)}{"index":2,"ti`);
    expect(await checkFile(torn, options)).toMatchObject({ verdict: 'unknown', reason: 'torn' });
    const bad = await written('torn-bad.jsonl', `${encoded([...write, ...read(2)])}{"index":4`);
    expect(await checkFile(bad, options)).toMatchObject({ verdict: 'invalid', kind: 'safety' });
  });

  test('a malformed line is named with its file and leaves the rest undecided', async () => {
    const path = await written('malformed.jsonl', `${encoded(write)}nonsense\n`);
    const sentence = `${path}:4: is not JSON: nonsense`;
    expect(await checkFile(path, options)).toMatchObject({
      verdict: 'unknown',
      reason: 'torn',
      problems: 1,
      findings: [{ type: 'malformed-history', kind: 'note', summary: sentence }],
    });
    expect(await checkFile(path, { ...options, strict: true })).toMatchObject({
      verdict: 'error',
      summary: sentence,
    });
  });

  test('where no operation can be read there is nothing to judge', async () => {
    const path = await written('nothing.jsonl', `${encoded([])}nonsense\nnonsense\n`);
    expect(await checkFile(path, options)).toMatchObject({
      verdict: 'error',
      summary: `${path}:2: is not JSON: nonsense (and 1 more like it)`,
    });
  });

  test('a violation beside an operation of unknown end counts, beside one that is lost it does not', async () => {
    const twoOpen = [...write, ...read(2), { process: 1, type: 'invoke', f: 'read', value: null }];
    const again = { process: 1, type: 'invoke', f: 'read', value: null } as const;
    const weakened = await written('open.jsonl', encoded([...twoOpen, again] as Unplaced[]));
    expect(await checkFile(weakened, options)).toMatchObject({ verdict: 'invalid', problems: 1 });
    const orphan: Unplaced = { process: 7, type: 'ok', f: 'write', value: 2 };
    const lost = await written('orphan.jsonl', encoded([...write, orphan, ...read(2)]));
    expect(await checkFile(lost, options)).toMatchObject({ verdict: 'unknown', reason: 'torn' });
  });

  test('an operation that the model does not know is named with its file', async () => {
    const path = join(histories, 'elle/paper-example.edn');
    expect(await checkFile(path, options)).toMatchObject({
      verdict: 'error',
      summary: `${path}:1: the model cas-register has no function txn`,
      hint: expect.stringContaining('--model') as string,
    });
  });

  test.each([
    [{ checker: 'linearisable' }, '--checker: linearisable is not known'],
    [{ model: 'cas' }, '--model: cas is not known'],
  ])('%j is thrown as a usage error', async (change, message) => {
    await expect(checkFile(etcd('etcd_000.log'), { ...options, ...change })).rejects.toMatchObject({
      name: 'DspError',
      code: 'usage',
      message,
    });
  });

  test('the reading of a failure reaches the checker', async () => {
    const refused = { process: 0, f: 'cas', value: [1, 2] };
    const path = await written(
      'refused.jsonl',
      encoded([...write, { ...refused, type: 'invoke' }, { ...refused, type: 'fail' }]),
    );
    expect(await checkFile(path, options)).toMatchObject({ verdict: 'valid' });
    const evidence = { ...options, failedIsEvidence: true };
    expect(await checkFile(path, evidence)).toMatchObject({ verdict: 'invalid' });
  });
});

describe('judging a run from its folder', () => {
  test('history and traces reach the checkers', async () => {
    const run = join(folder, 'run');
    await mkdir(join(run, 'nodes/n1'), { recursive: true });
    await writeFile(
      join(run, 'plan.json'),
      JSON.stringify({ format: 'dsp-plan', version: 1, nodes: 3 }),
    );
    await writeFile(join(run, 'history.jsonl'), encoded(write));
    const event = { node: 'n1', timeNs: 1, event: 'leader-elected', generation: 1 };
    await writeFile(join(run, 'nodes/n1/trace.jsonl'), `${JSON.stringify(event)}\n{"node":"n`);
    await using judge = openJudge(defaultBudget);
    const { operations, checks } = await judge.judge({
      source: { kind: 'run', folder: run },
      checks: [
        { checker: 'linearizable', options: { model: 'register' } },
        { checker: 'one-leader-per-generation' },
        { checker: 'availability' },
      ],
      budget: defaultBudget,
    });
    expect(operations).toBe(1);
    expect(checks.map(({ result }) => [result.checker, result.verdict.verdict])).toEqual([
      ['linearizable', 'valid'],
      ['one-leader-per-generation', 'valid'],
      ['availability', 'valid'],
    ]);
  });
});

describe('what goes beyond the limits', () => {
  /** Appends that are all open at once, and a read of what no order gives: states without end. */
  /** Forty appends at once, of what `piece` gives, and a get that no order of them explains. */
  const adversarial = async (
    piece: (process: number) => string,
    answer: string,
  ): Promise<string> => {
    const processes = Array.from({ length: 40 }, (_, process) => process);
    const append = (process: number, type: Entry['type']): Unplaced => ({
      process,
      type,
      f: 'append',
      value: piece(process),
    });
    const get = { process: 0, f: 'get' };
    return written(
      'adversarial.jsonl',
      encoded([
        ...processes.map((process) => append(process, 'invoke')),
        ...processes.map((process) => append(process, 'ok')),
        { ...get, type: 'invoke', value: null },
        { ...get, type: 'ok', value: answer },
      ]),
    );
  };

  test('a process out of memory is unknown, and the checks after it are made', async () => {
    const path = await adversarial((process) => `${process} `.repeat(50), 'none of these');
    const source = { kind: 'file', path, format: 'auto' } as const;
    await using judge = openJudge({ memoryBytesMax: 2 ** 26 });
    const { checks, operations } = await judge.judge({
      source,
      checks: [{ checker: 'linearizable', options: { model: 'kv' } }, { checker: 'availability' }],
      budget: { timeMsMax: 600_000, memoryBytesMax: 2 ** 40 },
    });
    expect(operations).toBe(41);
    expect(checks.map(({ result }) => result)).toMatchObject([
      {
        checker: 'linearizable',
        verdict: { verdict: 'unknown', reason: 'budget' },
        summary: 'the check was not finished: the memory of its process was full',
      },
      { checker: 'availability', verdict: { verdict: 'valid' } },
    ]);
  });

  test('a history whose lists take more than there is, is unknown to all checks', async () => {
    const answer = [['r', 'x', Array.from({ length: 100_000 }, (_, at) => at)]];
    const txn = { process: 0, f: 'txn' };
    const path = await written(
      'large.jsonl',
      [
        { ...txn, type: 'invoke', value: [['r', 'x', null]] },
        { ...txn, type: 'ok', value: answer },
      ]
        .map((each) => `${JSON.stringify(each)}\n`)
        .join(''),
    );
    await using judge = openJudge({ memoryBytesMax: 2 ** 26 });
    const check = (memoryBytesMax: number) =>
      judge.judge({
        source: { kind: 'file', path, format: 'auto' },
        checks: [{ checker: 'list-append', options: {} }, { checker: 'availability' }],
        budget: { timeMsMax: 600_000, memoryBytesMax },
      });
    const { checks, operations } = await check(2 ** 16);
    expect(operations).toBe(0);
    const tooLarge = {
      verdict: { verdict: 'unknown', reason: 'budget' },
      summary: 'the check was not finished: the history takes more memory than there is',
    };
    expect(checks.map(({ result }) => result)).toMatchObject([tooLarge, tooLarge]);
    expect(await check(2 ** 26)).toMatchObject({ operations: 1 });
  });

  test('a process that is silent for too long is ended', async () => {
    await using judge = openJudge({ memoryBytesMax: 2 ** 26, graceMs: 0 });
    const { checks } = await judge.judge({
      source: { kind: 'file', path: etcd('etcd_000.log'), format: 'auto' },
      checks: [{ checker: 'linearizable', options: { model: 'cas-register' } }],
      budget: { timeMsMax: 1, memoryBytesMax: 2 ** 26 },
    });
    expect(checks[0]!.result).toMatchObject({
      verdict: { reason: 'budget' },
      summary: 'the check was not finished: its time was over',
    });
  });

  test('a budget of the check itself is kept within the process', async () => {
    // Whatever some of the appends make is a beginning of the answer, so every set of them must be tried.
    const pieces = (process: number) => 'a'.repeat(2 * (process + 1));
    const path = await adversarial(pieces, 'a'.repeat(40 * 41 + 1));
    const row = await checkFile(path, {
      ...options,
      model: 'kv',
      budget: { timeMsMax: 200, memoryBytesMax: 2 ** 31 },
    });
    expect(row).toMatchObject({ verdict: 'unknown', reason: 'budget', operations: 41 });
    expect(row.summary).toContain('placed 40 of 41 operations at most');
  });
});
