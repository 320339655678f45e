/** `dsp report`: renders a run's report, again or for the first time, and prints where it is. */
import { DspCommand } from '../cli/command.ts';
import { findRun } from '../cli/find-run.ts';
import { print } from '../cli/output.ts';
import { outDefault, outFlag, runArgument, runDefault } from '../cli/run-argument.ts';
import { exitStatus } from '../core/errors.ts';

export class Report extends DspCommand {
  static override summary = "render a run's report again and print its path";
  static override examples = ['dsp report', 'dsp report 42'];
  static override args = { run: runArgument };
  static override flags = { out: outFlag };

  override async run(): Promise<number> {
    const { args, flags } = await this.parse(Report);
    const { renderReport } = await import('../report/render.ts');
    const { writeGateFiles } = await import('../gate/write-gate-files.ts');
    const folder = findRun(args.run ?? runDefault, flags.out ?? outDefault);
    writeGateFiles(folder);
    print(await renderReport(folder));
    return exitStatus.valid;
  }
}
