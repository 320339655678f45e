import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { writeSyntheticRun } from '../../test/support/synthetic-run.ts';
import type { Plan } from '../core/plan.ts';
import { makeReport } from './make-report.ts';
import type { Report } from './model.ts';
import { unpack } from './page/operations.ts';
import { readRun } from './read-run.ts';
import { dataMarker, jsonForHtml, renderReport, withData } from './render.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dsp-report-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const report = async (): Promise<Report> => makeReport(await readRun(folder));

describe('the report of a run', () => {
  test('says what the verdict says', async () => {
    const { verdict } = await writeSyntheticRun(folder, { seed: '1', kind: 'invalid' });
    const made = await report();
    expect(made.verdict).toMatchObject({
      word: 'invalid',
      detail: 'safety',
      summary: verdict.summary,
    });
    expect(made.replay).toBe(verdict.replay);
    expect(made.findings.map((finding) => finding.checker)).toEqual([
      'linearizable',
      'one-leader-per-generation',
    ]);
    expect(made.notices).toEqual([]);
  });

  test('says of a schedule how long it is, and not each of its operations', async () => {
    await writeSyntheticRun(folder, { seed: '1', kind: 'valid' });
    const path = join(folder, 'plan.json');
    const plan = JSON.parse(await readFile(path, 'utf8')) as Plan;
    const operation = { atNs: 0, thread: 0, f: 'read', value: null };
    const fault = { ...operation, thread: `nemesis:${plan.nemeses[0]}`, f: 'start' };
    const schedule = { calm: false, operations: [operation, operation, fault] };
    await writeFile(path, JSON.stringify({ ...plan, schedule }));
    const said = (await report()).plan.find(({ name }) => name === 'schedule');
    expect(said?.value).toBe(
      '2 operations, 1 starts and ends of faults, no recovery and no final reads',
    );
  });

  test('has every operation of the history, with its times and words', async () => {
    const { history } = await writeSyntheticRun(folder, {
      seed: '1',
      kind: 'valid',
      operations: 600,
    });
    const { operations, lanes, range } = await report();
    const unpacked = unpack(operations, lanes, range.endUs);
    const invocations = history.entries.filter(
      (entry) => typeof entry.process === 'number' && entry.type === 'invoke',
    );
    expect([...unpacked.invokeIndex]).toEqual(invocations.map((entry) => entry.index));
    expect([...unpacked.callUs]).toEqual(
      invocations.map((entry) => Math.round(entry.timeNs / 1000)),
    );
    expect([...unpacked.process]).toEqual(invocations.map((entry) => entry.process));
    for (const [place, { f, key }] of invocations.entries()) {
      expect(unpacked.text(place, 'functions')).toBe(f);
      expect(unpacked.text(place, 'keys')).toBe(String(key));
    }
    for (const [place, index] of unpacked.completeIndex.entries()) {
      const completion = history.entries[index]!;
      expect(completion.process).toBe(unpacked.process[place]);
      expect(['ok', 'fail', 'info'][unpacked.outcome[place]!]).toBe(completion.type);
    }
  });

  test('a counterexample’s operations are found among those of the history', async () => {
    await writeSyntheticRun(folder, { seed: '1', kind: 'invalid' });
    const { findings, operations, lanes, range } = await report();
    const [finding] = findings;
    if (finding?.evidence.shape !== 'counterexample') throw new Error('no counterexample');
    const { invokeIndex } = unpack(operations, lanes, range.endUs);
    expect(finding.evidence.operations.map(({ operation }) => operation)).not.toContain(-1);
    expect(new Set(finding.operations)).toEqual(
      new Set(finding.evidence.operations.map(({ operation }) => operation)),
    );
    const blocked = finding.evidence.operations[finding.evidence.blocked]!;
    expect(invokeIndex[blocked.operation]).toBe(invokeIndex[finding.operations[0]!]);
  });

  test('trace events of a finding are told in the run’s time', async () => {
    await writeSyntheticRun(folder, { seed: '1', kind: 'invalid' });
    const { evidence } = (await report()).findings[1]!;
    expect(evidence).toMatchObject({
      shape: 'events',
      events: [
        { timeUs: 21_400_000, node: 'n2', event: 'leader-elected', says: 'generation 4' },
        { timeUs: 21_900_000, node: 'n5', event: 'leader-elected', says: 'generation 4' },
      ],
    });
  });

  test('has the messages around each finding where the run knows them, and names their file', async () => {
    await writeSyntheticRun(folder, { seed: '2', kind: 'invalid', messages: true });
    const { findings, files, notices } = await report();
    const [stale, leaders] = findings.map(({ spaceTime }) => spaceTime!);
    expect(stale!.messages.some(({ arrivedUs }) => arrivedUs === null)).toBe(true);
    expect(stale!.segments.length).toBeGreaterThan(1);
    expect(leaders!.events.filter(({ evidence }) => evidence)).toHaveLength(2);
    expect(files.map(({ path }) => path)).toContain('messages.jsonl');
    expect(notices).toEqual([]);
  });

  test('says nothing of messages where the run does not know them', async () => {
    await writeSyntheticRun(folder, { seed: '2', kind: 'invalid' });
    const without = JSON.stringify(await report());
    expect(without).not.toMatch(/spaceTime|messages/);
  });

  test('the same folder gives the same report', async () => {
    await writeSyntheticRun(folder, { seed: '1', kind: 'invalid' });
    expect(JSON.stringify(await report())).toBe(JSON.stringify(await report()));
  });
});

describe('a folder that is not whole still gets its report', () => {
  test('without a history, which it says', async () => {
    await writeSyntheticRun(folder, { seed: '1', kind: 'error' });
    await rm(join(folder, 'history.jsonl'));
    const made = await report();
    expect(made.operations.count).toBe(0);
    expect(made.notices).toEqual([expect.stringContaining('There is no history.jsonl')]);
  });

  test('with a torn history', async () => {
    await writeSyntheticRun(folder, { seed: '1', kind: 'valid' });
    await appendFile(join(folder, 'history.jsonl'), '{"index":');
    const made = await report();
    expect(made.operations.count).toBeGreaterThan(0);
    expect(made.notices).toEqual([expect.stringContaining('cut off in the middle')]);
  });

  test('with a damaged history, naming the line', async () => {
    await writeSyntheticRun(folder, { seed: '1', kind: 'valid' });
    await appendFile(join(folder, 'history.jsonl'), 'nonsense\n');
    expect((await report()).notices).toEqual([
      expect.stringMatching(/history\.jsonl:\d+: is not JSON/),
    ]);
  });

  test('but not without a verdict', async () => {
    await writeSyntheticRun(folder, { seed: '1', kind: 'valid' });
    await rm(join(folder, 'verdict.json'));
    await expect(readRun(folder)).rejects.toMatchObject({ code: 'data' });
  });
});

describe('rendering', () => {
  test('puts the report into the template, as JSON without a <', async () => {
    await writeSyntheticRun(folder, {
      seed: '1',
      kind: 'invalid',
      hostile: '</script><!--<script>',
    });
    const made = await report();
    const html = withData(`<body>${dataMarker}</body>`, made);
    const json =
      /^<body><script type="application\/json" id="report-data">([^<]*)<\/script><\/body>$/.exec(
        html,
      );
    expect(JSON.parse(json![1]!)).toEqual(JSON.parse(JSON.stringify(made)));
  });

  test('text that means something to String.replace means nothing here', () => {
    expect(jsonForHtml("$& $' $`")).toBe(`"$& $' $\`"`);
  });

  test('a missing template says what to do', async () => {
    await writeSyntheticRun(folder, { seed: '1', kind: 'valid' });
    await expect(renderReport(folder, join(folder, 'none.html'))).rejects.toMatchObject({
      code: 'harness',
      hint: 'npm run build',
    });
  });

  test('a template without a place for the data is refused', async () => {
    await writeSyntheticRun(folder, { seed: '1', kind: 'valid' });
    const template = join(folder, 'page.html');
    await writeFile(template, '<body></body>');
    await expect(renderReport(folder, template)).rejects.toThrow('no place for its data');
  });
});
