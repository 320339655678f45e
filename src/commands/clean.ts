/** `dsp clean`: ends what runs left behind whose controller is gone. A run that still goes is not touched. */
import { Flags } from '@oclif/core';
import { DspCommand } from '../cli/command.ts';
import { print, say } from '../cli/output.ts';
import { exitStatus, messageOf } from '../core/errors.ts';
import type { Thing } from '../runtimes/docker/leftovers.ts';
import type { RunRecord } from '../runtimes/process/run-record.ts';

export class Clean extends DspCommand {
  static override summary =
    'end what runs left behind whose controller is gone: processes, and containers, networks and volumes';
  static override examples = ['dsp clean', 'dsp clean --dry-run'];
  static override flags = {
    'dry-run': Flags.boolean({ summary: 'only say what would be ended' }),
  };

  override async run(): Promise<number> {
    const { flags } = await this.parse(Clean);
    const found = [await cleanHost(flags['dry-run']), await cleanDocker(flags['dry-run'])];
    if (!found.includes(true)) print('nothing was left behind');
    return exitStatus.valid;
  }
}

/** Says whether anything was found. */
async function cleanHost(dryRun: boolean): Promise<boolean> {
  const { abandonedRuns, cleanRun, liveGroups } = await import('../runtimes/process/run-record.ts');
  const runs = abandonedRuns();
  for (const run of runs) {
    const groups = dryRun ? liveGroups(run) : cleanRun(run);
    print(sentence(run, groups, dryRun));
  }
  return runs.length > 0;
}

function sentence(run: RunRecord, groups: RunRecord['groups'], dryRun: boolean): string {
  const what = groups.map((group) => `${group.what} (${group.pid})`).join(', ');
  const ended = groups.length === 0 ? 'nothing runs any more' : what;
  return `${run.folder}: ${dryRun ? 'would end' : 'ended'} ${ended}`;
}

/** Where there is no daemon there is nothing of ours; one that does not let us look is told of. */
async function cleanDocker(dryRun: boolean): Promise<boolean> {
  const { connectDocker } = await import('../runtimes/docker/daemon.ts');
  const { abandonedThings, removeThings } = await import('../runtimes/docker/leftovers.ts');
  const { label } = await import('../runtimes/docker/labels.ts');
  let things: readonly Thing[];
  try {
    things = await abandonedThings(await connectDocker());
  } catch (thrown) {
    say(`Docker was not looked at: ${messageOf(thrown)}`);
    return false;
  }
  const folders = Map.groupBy(things, ({ labels }) => labels[label.folder] ?? 'a run');
  for (const [folder, left] of folders) {
    if (!dryRun) await removeThings(left);
    const what = left.map(({ kind, name }) => `${kind} ${name}`).join(', ');
    print(`${folder}: ${dryRun ? 'would remove' : 'removed'} ${what}`);
  }
  return things.length > 0;
}
