/** Turns anything that was thrown into what a person is told and the exit status: the one place that does. */
import { DspError, exitStatus, messageOf } from '../core/errors.ts';
import { parseFailure } from './parse-failure.ts';

export interface Failure {
  readonly status: number;
  /** One sentence; empty when all has been said. */
  readonly message: string;
  readonly hint: string | undefined;
  /** For `--debug`. */
  readonly stack: string | undefined;
}

export function failureOf(thrown: unknown): Failure {
  const error = thrown instanceof DspError ? thrown : (parseFailure(thrown) ?? thrown);
  if (error instanceof DspError)
    return {
      status: error.exitStatus,
      message: error.code === 'harness' ? `the harness failed: ${error.message}` : error.message,
      hint: error.hint,
      stack: stackOf(error),
    };
  const silent = exitRequest(thrown);
  if (silent !== undefined)
    return { status: silent, message: '', hint: undefined, stack: undefined };
  return {
    status: exitStatus.harness,
    message: `the harness failed: ${messageOf(thrown)}`,
    hint: '--debug shows where',
    stack: stackOf(thrown),
  };
}

/** oclif's way to end early: an error that only carries an exit status. */
function exitRequest(thrown: unknown): number | undefined {
  if (!(thrown instanceof Error) || (thrown as NodeJS.ErrnoException).code !== 'EEXIT')
    return undefined;
  return (thrown as { oclif?: { exit?: number } }).oclif?.exit ?? exitStatus.valid;
}

/** With the causes, which `stack` leaves out. */
function stackOf(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error)) return undefined;
  const cause = stackOf(thrown.cause);
  return cause === undefined ? thrown.stack : `${thrown.stack}\ncaused by ${cause}`;
}
