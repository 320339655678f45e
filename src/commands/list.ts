/** `dsp list`: what there is to test with. */
import { Args, Flags } from '@oclif/core';
import { DspCommand } from '../cli/command.ts';
import { print, printJson } from '../cli/output.ts';
import { sections } from '../cli/sections.ts';
import { table } from '../cli/table.ts';
import { loadConfig } from '../config/load.ts';
import { exitStatus } from '../core/errors.ts';

export class List extends DspCommand {
  static override summary = 'list systems, workloads, nemeses, checkers and planted bugs';
  static override examples = ['dsp list', 'dsp list bugs', 'dsp list nemeses --json'];
  static override args = {
    section: Args.string({ options: [...sections], description: 'one section', ignoreStdin: true }),
  };
  static override flags = {
    config: Flags.string({
      helpValue: 'dsp.config.ts',
      summary: 'the file whose systems are listed too [the one in the working folder, if any]',
    }),
    json: Flags.boolean({ summary: 'print JSON' }),
  };

  override async run(): Promise<number> {
    const { args, flags } = await this.parse(List);
    const { catalogue } = await import('../cli/catalogue.ts');
    const { knownSystems } = await import('../run/known-systems.ts');
    const all = catalogue(knownSystems(await loadConfig(flags.config, process.cwd())));
    const wanted = sections.filter((name) => args.section === undefined || name === args.section);
    if (flags.json) {
      printJson(args.section === undefined ? all : all[wanted[0]!]);
      return exitStatus.valid;
    }
    const blocks = wanted.map((name) => {
      const rows = all[name].map((each) => [each.name, sentence(each)]);
      return `${name}\n${table(rows, '  ')}`;
    });
    print(blocks.join('\n\n'));
    return exitStatus.valid;
  }
}

const sentence = (each: { says: string; shownUnder?: readonly string[] }): string =>
  each.shownUnder === undefined
    ? each.says
    : `${each.says} (shown by ${each.shownUnder.join(', ')})`;
