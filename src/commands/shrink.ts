/** `dsp shrink`: finds a smaller run that fails like a recorded one. */
import { Flags } from '@oclif/core';
import { DspCommand } from '../cli/command.ts';
import { positiveNumber } from '../cli/number-flag.ts';
import { configFlag, outDefault, outFlag, runArgument, runDefault } from '../cli/run-argument.ts';

export class Shrink extends DspCommand {
  static override summary = 'find a smaller run that fails like a recorded one';
  static override description =
    'Fewer faults, operations, nodes and seconds, for as long as a finding of the same type is there. ' +
    'Exactly under --runtime sim; under the others a candidate fails if most of its --trials do. ' +
    'The smallest run is written like any other, with regression.test.ts, which plays it in a suite of yours. ' +
    'Ctrl-C ends the search and keeps what it has. Exits as dsp test does: 1, for the smaller run is invalid.';
  static override examples = [
    'dsp shrink',
    'dsp shrink 42',
    'dsp shrink results/latest --trials 5',
  ];
  static override args = { run: runArgument };
  static override flags = {
    'budget-seconds': Flags.string({
      helpValue: '60',
      summary: 'how long to search [120 under sim, else 900]',
    }),
    trials: Flags.string({
      helpValue: '5',
      summary: 'how often a candidate is run at most; under sim once is enough [3]',
    }),
    config: configFlag,
    out: outFlag,
    json: Flags.boolean({ summary: "print the smaller run's verdict file" }),
    quiet: Flags.boolean({ char: 'q', summary: 'no progress' }),
  };

  override async run(): Promise<number> {
    const { args, flags } = await this.parse(Shrink);
    const seconds = flags['budget-seconds'];
    const budgetSeconds =
      seconds === undefined
        ? undefined
        : positiveNumber('--budget-seconds', seconds, { whole: false });
    const trials = positiveNumber('--trials', flags.trials ?? '3', { whole: true });
    const out = flags.out ?? outDefault;
    const { recordedRun } = await import('../cli/recorded-run.ts');
    const { shrinkRecorded } = await import('../cli/shrinking.ts');
    const { json, quiet } = flags;
    const recorded = await recordedRun(args.run ?? runDefault, out, flags.config);
    return shrinkRecorded(recorded, { budgetSeconds, trials, out, json, quiet });
  }
}
