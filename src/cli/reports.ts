/** Writes what a run leaves for people and gates. A report that cannot be written hides no verdict, and is no success. */
import { exitStatus, messageOf } from '../core/errors.ts';
import { renderReport } from '../report/render.ts';
import type { RunResult } from '../run/run.ts';
import { say } from './output.ts';

/** Resolves to the exit status that the writing alone deserves. */
export async function writeReports({ folder }: RunResult): Promise<number> {
  try {
    await renderReport(folder);
    return exitStatus.valid;
  } catch (thrown) {
    say(`dsp: the report of ${folder} could not be written: ${messageOf(thrown)}`);
    return exitStatus.harness;
  }
}
