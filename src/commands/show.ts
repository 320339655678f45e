/** `dsp show`: a run's verdict and findings, as they were judged. */
import { Flags } from '@oclif/core';
import { closingLines } from '../cli/closing.ts';
import { DspCommand } from '../cli/command.ts';
import { findRun } from '../cli/find-run.ts';
import { print, printJson } from '../cli/output.ts';
import { outDefault, outFlag, runArgument, runDefault } from '../cli/run-argument.ts';
import { table } from '../cli/table.ts';
import { exitStatus } from '../core/errors.ts';
import { describeVerdict } from '../core/verdict.ts';
import { readVerdict } from '../store/run-folder.ts';

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
    const verdict = readVerdict(folder);
    if (flags.json) {
      printJson(verdict);
      return exitStatus.valid;
    }
    const checks = verdict.checks.map((check) => [
      check.checker,
      describeVerdict(check.verdict),
      check.summary,
    ]);
    const findings = verdict.findings.map(({ kind, type, summary }) => [kind, type, summary]);
    print(
      [closingLines({ folder, verdict }), section('checks', checks), section('findings', findings)]
        .filter((text) => text !== '')
        .join('\n\n'),
    );
    return exitStatus.valid;
  }
}

const section = (title: string, rows: readonly (readonly string[])[]): string =>
  rows.length === 0 ? '' : `${title}\n${table(rows, '  ')}`;
