/** What every command has in common: `--debug`, and an exit status as its result. */
import { Command, Flags } from '@oclif/core';

export abstract class DspCommand extends Command {
  static override baseFlags = {
    debug: Flags.boolean({ summary: 'show stack traces', helpGroup: 'GLOBAL' }),
  };

  /** Resolves to the exit status. */
  abstract override run(): Promise<number>;

  /** An error is told once, at the top; oclif's own would tell it here too. */
  protected override async catch(error: Error): Promise<void> {
    throw error;
  }
}
