/** `dsp clean`: ends what runs left behind whose controller is gone. A run that still goes is not touched. */
import { Flags } from '@oclif/core';
import { DspCommand } from '../cli/command.ts';
import { print } from '../cli/output.ts';
import { exitStatus } from '../core/errors.ts';
import type { RunRecord } from '../runtimes/process/run-record.ts';

export class Clean extends DspCommand {
  static override summary = 'end processes that runs left behind whose controller is gone';
  static override examples = ['dsp clean', 'dsp clean --dry-run'];
  static override flags = {
    'dry-run': Flags.boolean({ summary: 'only say what would be ended' }),
  };

  override async run(): Promise<number> {
    const { flags } = await this.parse(Clean);
    const { abandonedRuns, cleanRun, liveGroups } =
      await import('../runtimes/process/run-record.ts');
    const runs = abandonedRuns();
    for (const run of runs) {
      const groups = flags['dry-run'] ? liveGroups(run) : cleanRun(run);
      print(sentence(run, groups, flags['dry-run']));
    }
    if (runs.length === 0) print('nothing was left behind');
    return exitStatus.valid;
  }
}

function sentence(run: RunRecord, groups: RunRecord['groups'], dryRun: boolean): string {
  const what = groups.map((group) => `${group.what} (${group.pid})`).join(', ');
  const ended = groups.length === 0 ? 'nothing runs any more' : what;
  return `${run.folder}: ${dryRun ? 'would end' : 'ended'} ${ended}`;
}
