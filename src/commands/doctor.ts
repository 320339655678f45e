/** `dsp doctor`: what this machine can do, and the remedy for what it cannot. */
import { Flags } from '@oclif/core';
import { DspCommand } from '../cli/command.ts';
import { print, printJson } from '../cli/output.ts';
import { paint } from '../cli/paint.ts';
import { table } from '../cli/table.ts';
import { exitStatus } from '../core/errors.ts';
import type { Diagnosis } from '../doctor/doctor.ts';

const colours = { ok: 'green', warn: 'yellow', fail: 'red' } as const;

export class Doctor extends DspCommand {
  static override summary = 'say what this machine can do: Node, Toxiproxy, Docker, disk, …';
  static override examples = ['dsp doctor', 'dsp doctor --json'];
  static override flags = {
    json: Flags.boolean({ summary: 'print JSON' }),
    out: Flags.string({
      helpValue: 'results',
      summary: 'the folder that runs are written to [results]',
    }),
  };

  override async run(): Promise<number> {
    const { flags } = await this.parse(Doctor);
    const { examine } = await import('../doctor/doctor.ts');
    const { resolveConfig } = await import('../config/resolve.ts');
    const config = await resolveConfig({
      flags: flags.out === undefined ? {} : { out: [flags.out] },
      environment: process.env,
      path: undefined,
      folder: process.cwd(),
    });
    const diagnoses = await examine({ outFolder: config.out, images: config.image });
    if (flags.json) printJson(diagnoses);
    else print(table(diagnoses.flatMap(rows)));
    const failed = diagnoses.some(({ status }) => status === 'fail');
    return failed ? exitStatus.environment : exitStatus.valid;
  }
}

const rows = ({ name, status, says, remedy }: Diagnosis): string[][] => [
  [paint(colours[status], status), name, says],
  ...(remedy === undefined ? [] : [['', '', `→ ${remedy}`]]),
];
