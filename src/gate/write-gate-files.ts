/** Writes what gates read into a run's folder: `junit.xml` and `summary.md`, from its plan and verdict alone. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPlan, readVerdict, runFiles } from '../store/run-folder.ts';
import type { JudgedRun } from './judged-run.ts';
import { junitXml } from './junit.ts';
import { summaryMarkdown } from './summary.ts';

/** Returns the run, for whoever goes on to annotate it or to print it. */
export function writeGateFiles(folder: string): JudgedRun {
  const run = readJudgedRun(folder);
  writeFileSync(join(folder, runFiles.junit), junitXml([run]));
  writeFileSync(join(folder, runFiles.summary), summaryMarkdown(run));
  return run;
}

/** The run in a folder, with its plan and verdict. */
export const readJudgedRun = (folder: string): JudgedRun => ({
  folder,
  plan: readPlan(folder),
  verdict: readVerdict(folder),
});
