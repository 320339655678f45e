/** `dsp campaign`: many runs, of every cell of a matrix under every seed. */
import { Flags } from '@oclif/core';
import {
  campaignFlags,
  matrixFlags,
  poolFlags,
  settingFlagsWithout,
} from '../cli/campaign/flags.ts';
import { DspCommand } from '../cli/command.ts';
import { printJson } from '../cli/output.ts';
import { exitStatus } from '../core/errors.ts';

export class Campaign extends DspCommand {
  static override summary = 'make many runs: systems × workloads × nemeses × seeds';
  static override description =
    'Every setting of dsp test is one here; --system, --workload and --nemesis may be repeated, and each is an entry of the matrix. ' +
    'A campaign that was ended goes on with --resume. Exits with the worst of its runs: 1 invalid, 70 or 69 error, 2 unknown, 0 valid; ' +
    '64 usage, 130 or 143 interrupted.';
  static override usage = 'campaign [FLAGS]';
  static override examples = [
    'dsp campaign --runtime sim --nemesis partition --seeds 1000',
    'dsp campaign --runtime sim --nemesis all --seeds 2000 --stop-at-first',
    'dsp campaign --runtime sim --nemesis partition --nemesis kill,pause --seed 1 --shard 1/4',
    'dsp campaign --resume latest',
  ];
  static override flags = {
    ...matrixFlags,
    ...settingFlagsWithout(...Object.keys(matrixFlags)),
    ...campaignFlags,
    ...poolFlags,
    'dry-run': Flags.boolean({ summary: 'print the campaign and start nothing' }),
    json: Flags.boolean({ summary: 'print the summary file' }),
    quiet: Flags.boolean({ char: 'q', summary: 'no progress' }),
  };

  override async run(): Promise<number> {
    const { flags } = await this.parse(Campaign);
    const { beginCampaign, resumeCampaign } = await import('../cli/campaign/open.ts');
    const opened = await (flags.resume === undefined
      ? beginCampaign(flags)
      : resumeCampaign(flags, flags.resume));
    if (flags['dry-run']) {
      printJson(opened.campaign);
      return exitStatus.valid;
    }
    const { conduct } = await import('../cli/campaign/conduct.ts');
    const { json, quiet } = flags;
    const stopAtFirst = flags['stop-at-first'];
    return conduct(opened.campaign, {
      folder: opened.folder(),
      workers: opened.workers,
      stopAtFirst,
      json,
      quiet,
    });
  }
}
