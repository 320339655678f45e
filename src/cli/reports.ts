/** Writes what a run leaves for people and gates. A report that cannot be written hides no verdict, and is no success. */
import { exitStatus, messageOf } from '../core/errors.ts';
import { annotations } from '../gate/annotations.ts';
import { readJudgedRun, writeGateFiles } from '../gate/write-gate-files.ts';
import { renderReport } from '../report/render.ts';
import { print, say } from './output.ts';

/** Resolves to the exit status that the writing alone deserves. */
export async function writeReports(folder: string): Promise<number> {
  try {
    writeGateFiles(folder);
    await renderReport(folder);
    return exitStatus.valid;
  } catch (thrown) {
    say(`dsp: the report of ${folder} could not be written: ${messageOf(thrown)}`);
    return exitStatus.harness;
  }
}

/** Tells GitHub Actions of the run, where that is what listens to stdout. */
export function annotate(folder: string): void {
  if (process.env['GITHUB_ACTIONS'] === 'true')
    print(annotations(readJudgedRun(folder)).join('\n'));
}
