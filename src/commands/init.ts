/** `dsp init`: writes a first `dsp.config.ts` for a server of one's own, from what can be found out about it. */
import { Args } from '@oclif/core';
import { DspCommand } from '../cli/command.ts';
import { print } from '../cli/output.ts';
import { table } from '../cli/table.ts';
import { exitStatus } from '../core/errors.ts';
import type { Survey } from '../init/survey.ts';

export class Init extends DspCommand {
  static override summary = 'write a dsp.config.ts for a server of your own';
  static override description =
    'Looks at package.json, Dockerfile and Compose file for name, command, image and ports; asks nothing, runs nothing, ' +
    'and never writes over a configuration that is there. What it cannot find is marked FILL IN.';
  static override examples = ['dsp init', 'dsp init ../my-kv'];
  static override args = {
    folder: Args.string({ description: 'where the server is [.]', ignoreStdin: true }),
  };

  override async run(): Promise<number> {
    const { args } = await this.parse(Init);
    const { namesTaken } = await import('../run/known-systems.ts');
    const { writeConfig } = await import('../init/write-config.ts');
    const { path, survey } = writeConfig(args.folder ?? '.', namesTaken);
    print(`wrote ${path}`);
    print(table([...foundRows(survey), ...nextRows(survey)], '  '));
    return exitStatus.valid;
  }
}

/** What was found, and where. */
function foundRows({ name, findings }: Survey): string[][] {
  const { command, image, ports, dataFolder } = findings;
  const rows = [
    ['system', name, findings.name?.from ?? 'the name of the folder'],
    command && ['command', command.value.join(' '), command.from],
    image && ['image', image.value, image.from],
    ports && ['ports', ports.value.join(', '), ports.from],
    dataFolder && ['data', dataFolder.value, dataFolder.from],
  ];
  return rows.filter((row) => row !== undefined);
}

function nextRows({ hasDsp }: Survey): string[][] {
  return [
    ...(hasDsp ? [] : [['next', 'npm install --save-dev dsp-harness', 'the file imports it']]),
    ['next', 'edit what is marked FILL IN', 'docs/your-own-system.md has a complete example'],
    ['next', 'npx dsp test --dry-run', 'whether it can be read'],
    ['next', 'npx dsp test --nemesis partition', 'whether it keeps its promises'],
  ];
}
