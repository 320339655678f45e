/** `dsp test`: runs a system under a workload and nemeses, once or often, to a verdict. */
import { Flags } from '@oclif/core';
import { DspCommand } from '../cli/command.ts';
import { printJson } from '../cli/output.ts';
import { settingFlags, typedSettings } from '../cli/setting-flags.ts';
import { resolveWithFile } from '../config/resolve.ts';
import { exitStatus, usageError } from '../core/errors.ts';

export class Test extends DspCommand {
  static override summary = 'run a system under faults, to a verdict';
  static override description =
    'Every setting is a flag, a DSP_* variable (DSP_TIME_LIMIT) and a key of dsp.config.ts (timeLimit); ' +
    'the flag overrules the variable, the variable the file, the file the default in brackets. ' +
    'Exits with 0 valid, 1 invalid, 2 unknown, 64 usage, 69 environment, 70 harness, 130 or 143 interrupted.';
  static override usage = 'test [FLAGS]';
  static override examples = [
    'dsp test --nemesis partition',
    'dsp test --nemesis partition,kill,pause --time-limit 60 --seed 42',
    'dsp test --nemesis partition --bug quorum/half-is-enough --until-fail',
    'dsp test --nemesis kill --repeat 50 --json',
    'dsp test --runtime sim --nemesis partition,kill --check-determinism',
    'dsp test --nemesis partition --dry-run',
  ];
  static override flags = {
    ...settingFlags,
    config: Flags.string({
      helpValue: 'dsp.config.ts',
      summary: 'the configuration file [the one in the working folder, if any]',
    }),
    'check-determinism': Flags.boolean({
      summary:
        'make the run twice and compare history and traces byte for byte (with --runtime sim)',
    }),
    'dry-run': Flags.boolean({ summary: 'print the plan and start nothing' }),
    json: Flags.boolean({ summary: 'print the verdict file (of several runs an array of them)' }),
    quiet: Flags.boolean({ char: 'q', summary: 'no progress', exclusive: ['verbose'] }),
    verbose: Flags.boolean({ char: 'v', summary: 'say where the run is written, and its plan' }),
  };

  override async run(): Promise<number> {
    const { flags } = await this.parse(Test);
    const { config, file, given } = await resolveWithFile({
      flags: typedSettings(flags),
      environment: process.env,
      path: flags.config,
      folder: process.cwd(),
    });
    const { plansOf } = await import('../cli/plans.ts');
    const { knownSystems } = await import('../run/known-systems.ts');
    const systems = knownSystems(file);
    const plans = plansOf(config, systems, given);
    if (flags['dry-run']) {
      printJson(plans.next().value);
      return exitStatus.valid;
    }
    const checkDeterminism = flags['check-determinism'];
    if (checkDeterminism && config.runtime !== 'sim')
      throw usageError(
        `--check-determinism: runs of --runtime ${config.runtime} do not repeat exactly`,
        '--runtime sim',
      );
    const { runAll } = await import('../cli/run-all.ts');
    const { json, quiet, verbose } = flags;
    return runAll(plans, { ...config, systems, json, quiet, verbose, checkDeterminism });
  }
}
