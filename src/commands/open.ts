/** `dsp open`: renders a run's report and opens it in the browser; without a terminal it only prints the path. */
import { DspCommand } from '../cli/command.ts';
import { findRun } from '../cli/find-run.ts';
import { print } from '../cli/output.ts';
import { outDefault, outFlag, runArgument, runDefault } from '../cli/run-argument.ts';
import { environmentError, exitStatus } from '../core/errors.ts';

export class Open extends DspCommand {
  static override summary = "open a run's report in the browser";
  static override examples = ['dsp open', 'dsp open 42'];
  static override args = { run: runArgument };
  static override flags = { out: outFlag };

  override async run(): Promise<number> {
    const { args, flags } = await this.parse(Open);
    const { renderReport } = await import('../report/render.ts');
    const path = await renderReport(findRun(args.run ?? runDefault, flags.out ?? outDefault));
    print(path);
    if (process.stdout.isTTY) await openInBrowser(path);
    return exitStatus.valid;
  }
}

const opener = process.platform === 'darwin' ? 'open' : 'xdg-open';

async function openInBrowser(path: string): Promise<void> {
  const { execa } = await import('execa');
  const { failed } = await execa(opener, [path], { reject: false, stdio: 'ignore' });
  if (failed) throw environmentError(`${opener} could not open ${path}`, 'open it by hand');
}
