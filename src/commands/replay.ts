/** `dsp replay`: makes a recorded run again, from its folder. */
import { Flags } from '@oclif/core';
import { DspCommand } from '../cli/command.ts';
import { positiveNumber } from '../cli/number-flag.ts';
import { configFlag, outDefault, outFlag, runArgument, runDefault } from '../cli/run-argument.ts';

export class Replay extends DspCommand {
  static override summary = 'make a recorded run again, from its folder';
  static override description =
    'Under --runtime sim it is the same run, byte for byte, or the first line that differs is named. ' +
    'Under the others its operations and faults come again at their times, and whether it fails again is up to the machine: --times says how often to try. ' +
    'Exits as dsp test does, with the worst.';
  static override examples = [
    'dsp replay',
    'dsp replay 42',
    'dsp replay results/latest --times 10',
  ];
  static override args = { run: runArgument };
  static override flags = {
    times: Flags.string({ helpValue: '10', summary: 'how many runs to make [1]' }),
    config: configFlag,
    out: outFlag,
    json: Flags.boolean({ summary: 'print the verdict file (of several runs an array of them)' }),
    quiet: Flags.boolean({ char: 'q', summary: 'no progress', exclusive: ['verbose'] }),
    verbose: Flags.boolean({ char: 'v', summary: 'say where the run is written, and its plan' }),
  };

  override async run(): Promise<number> {
    const { args, flags } = await this.parse(Replay);
    const times = positiveNumber('--times', flags.times ?? '1', { whole: true });
    const out = flags.out ?? outDefault;
    const { recordedRun } = await import('../cli/recorded-run.ts');
    const { replay } = await import('../cli/replaying.ts');
    const { json, quiet, verbose } = flags;
    const recorded = await recordedRun(args.run ?? runDefault, out, flags.config);
    return replay(recorded, { times, out, json, quiet, verbose });
  }
}
