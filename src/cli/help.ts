/** Help with examples first: what people copy stands at the top, the list of flags below. */
import { CommandHelp, Help, type Command } from '@oclif/core';

class ExamplesFirst extends CommandHelp {
  protected override sections(): ReturnType<CommandHelp['sections']> {
    const sections = super.sections();
    return sections.toSorted((a, b) => rank(a.header) - rank(b.header));
  }

  /** `-q, --quiet` or `--nodes=5`: a value is shown by an example. */
  protected override flagHelpLabel(flag: Command.Flag.Any): string {
    const names = flag.char === undefined ? `--${flag.name}` : `-${flag.char}, --${flag.name}`;
    if (flag.type === 'boolean') return flag.allowNo ? `--[no-]${flag.name}` : names;
    return `${names}=${flag.helpValue?.toString() ?? 'VALUE'}`;
  }
}

const rank = (header: string): number => (header === 'EXAMPLES' ? 0 : 1);

const examples = [
  ['the main job: five nodes, partitions, a verdict', 'test --nemesis partition'],
  ['find a planted bug', 'test --nemesis partition --bug quorum/half-is-enough'],
  ['a thousand seeds in minutes, simulated', 'campaign --runtime sim --nemesis all --seeds 1000'],
  ['make a run that failed as small as it can be', 'shrink results/latest'],
  ['judge a run again, or histories of others', 'check results/latest'],
  ['what there is to test with', 'list'],
] as const;

export class DspHelp extends Help {
  protected override CommandHelpClass = ExamplesFirst;

  override formatRoot(): string {
    const body = examples.map(([says, command]) => `${says}\n  $ dsp ${command}`).join('\n\n');
    return [
      this.config.pjson.description ?? '',
      this.section('EXAMPLES', body),
      this.section('USAGE', '$ dsp COMMAND [FLAGS]    (dsp COMMAND --help for its flags)'),
    ].join('\n\n');
  }
}
