/** `dsp show`: a run's verdict and findings, as they were judged. */
import { Flags } from '@oclif/core';
import { DspCommand } from '../cli/command.ts';
import { findRun } from '../cli/find-run.ts';
import { print, printJson } from '../cli/output.ts';
import { paint } from '../cli/paint.ts';
import { outDefault, outFlag, runArgument, runDefault } from '../cli/run-argument.ts';
import { exitStatus } from '../core/errors.ts';
import { showText } from '../gate/terminal.ts';
import { readJudgedRun } from '../gate/write-gate-files.ts';

export class Show extends DspCommand {
  static override summary = "print a run's verdict and findings";
  static override examples = ['dsp show', 'dsp show 42', 'dsp show results/latest --json'];
  static override args = { run: runArgument };
  static override flags = {
    json: Flags.boolean({ summary: 'print the verdict file' }),
    out: outFlag,
  };

  override async run(): Promise<number> {
    const { args, flags } = await this.parse(Show);
    const folder = findRun(args.run ?? runDefault, flags.out ?? outDefault);
    const run = readJudgedRun(folder);
    if (flags.json) printJson(run.verdict);
    else print(showText(run, paint));
    return exitStatus.valid;
  }
}
