/** `dsp selftest`: whether dsp finds every planted bug, and nothing in what is right. */
import { Flags } from '@oclif/core';
import { poolFlags, settingFlagsWithout } from '../cli/campaign/flags.ts';
import { DspCommand } from '../cli/command.ts';

export class Selftest extends DspCommand {
  static override summary =
    'hunt every planted bug, and run every right system, to see that dsp is not blind';
  static override description =
    'Each bug is hunted under each nemesis that should show it, seed after seed until it is found; each right system runs under each ' +
    'nemesis and the mix of all. Exits with 0 if every bug is found and every right run is valid, 1 otherwise.';
  static override usage = 'selftest [FLAGS]';
  static override examples = [
    'dsp selftest',
    'dsp selftest --seeds 1000 --right-seeds 2000',
    'dsp selftest --bug quorum/half-is-enough --right-seeds 0',
  ];
  static override flags = {
    seeds: Flags.string({
      helpValue: '1000',
      summary: 'how many seeds a bug is given under each nemesis, at most [200]',
    }),
    'right-seeds': Flags.string({
      helpValue: '2000',
      summary: 'how many seeds a right system runs under each nemesis, 0 for none [20]',
    }),
    ...settingFlagsWithout('system', 'nemesis', 'out'),
    runtime: Flags.string({
      multiple: true,
      multipleNonGreedy: true,
      helpValue: 'sim',
      summary: 'where nodes run [sim]',
    }),
    seed: Flags.string({
      multiple: true,
      multipleNonGreedy: true,
      helpValue: '1',
      summary: 'the first seed [1]',
    }),
    ...poolFlags,
    json: Flags.boolean({ summary: 'print JSON' }),
    quiet: Flags.boolean({ char: 'q', summary: 'no progress' }),
  };

  override async run(): Promise<number> {
    const { flags } = await this.parse(Selftest);
    const { openSelftest, conductSelftest } = await import('../cli/campaign/selftest.ts');
    const { config, seeds, workers, json, quiet } = flags;
    const rightSeeds = flags['right-seeds'];
    const opened = await openSelftest(flags, { config, seeds, rightSeeds, workers });
    return conductSelftest(opened, { json, quiet });
  }
}
