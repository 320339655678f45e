import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compareRuns, linesInFolder } from './same-run.ts';

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'dsp-same-'))));
afterAll(() => rmSync(folder, { recursive: true }));

function written(name: string, history: readonly string[], trace: readonly string[]): string {
  const run = join(folder, name);
  mkdirSync(join(run, 'nodes/n1'), { recursive: true });
  const plan = { format: 'dsp-plan', version: 1, nodes: 2, images: {} };
  writeFileSync(join(run, 'plan.json'), JSON.stringify(plan));
  writeFileSync(join(run, 'history.jsonl'), history.map((line) => `${line}\n`).join(''));
  writeFileSync(join(run, 'nodes/n1/trace.jsonl'), trace.map((line) => `${line}\n`).join(''));
  return run;
}

const setUp = (dsp: string) => `{"f":"set-up","value":{"dsp":"${dsp}","node":"v24"}}`;

test('runs that came out the same are, whatever recorded them', () => {
  const recorded = written('a', [setUp('1'), 'x'], ['t', 'u', 'v']);
  const replayed = written('b', [setUp('2'), 'x'], ['t', 'u', 'v']);
  expect(compareRuns(linesInFolder(recorded), linesInFolder(replayed))).toEqual({
    same: true,
    historyLines: 2,
    traceLines: 3,
  });
});

test.each([
  [['x', 'y'], ['t'], { file: 'history.jsonl', line: 2, recorded: 'z', replayed: 'y' }],
  [['x'], ['t'], { file: 'history.jsonl', line: 2, recorded: 'z', replayed: undefined }],
  [['x', 'z', 'z'], ['t'], { file: 'history.jsonl', line: 3, recorded: undefined, replayed: 'z' }],
  [['x', 'z'], ['s'], { file: 'nodes/n1/trace.jsonl', line: 1, recorded: 't', replayed: 's' }],
])('of others the first line that differs is named: %#', (history, trace, difference) => {
  const recorded = written('c', ['x', 'z'], ['t']);
  const replayed = written('d', history, trace);
  expect(compareRuns(linesInFolder(recorded), linesInFolder(replayed))).toEqual({
    same: false,
    difference,
  });
});
