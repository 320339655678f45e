/**
 * Errors that dsp itself reports, each with a stable code, and the one place that maps codes to exit statuses.
 *
 * A DspError is for a person: `message` is one sentence that names the flag, file, line or field; `hint` says what to
 * do, or the nearest valid value. Anything else that is thrown is a defect of the harness (exit 70).
 */

/** Exit statuses, after sysexits(3) where it has one. 0, 1 and 2 are verdicts. */
export const exitStatus = {
  valid: 0,
  invalid: 1,
  unknown: 2,
  usage: 64,
  data: 65,
  environment: 69,
  harness: 70,
  interrupted: 130,
  terminated: 143,
} as const;

export type ErrorCode = 'usage' | 'data' | 'environment' | 'harness';

export interface DspErrorOptions {
  readonly hint?: string;
  readonly cause?: unknown;
}

/** What a person can mend, told in one sentence. */
export class DspError extends Error {
  readonly code: ErrorCode;
  readonly hint: string | undefined;

  constructor(code: ErrorCode, message: string, options: DspErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'DspError';
    this.code = code;
    this.hint = options.hint;
  }

  get exitStatus(): number {
    return exitStatus[this.code];
  }
}

/** A flag, a config value or a combination that cannot be: nothing was started. */
export const usageError = (message: string, hint?: string, cause?: unknown): DspError =>
  new DspError('usage', message, { ...(hint === undefined ? {} : { hint }), cause });

/** A file whose content cannot be read as what it should be. */
export const dataError = (message: string, hint?: string, cause?: unknown): DspError =>
  new DspError('data', message, { ...(hint === undefined ? {} : { hint }), cause });

/** Node, Docker, Toxiproxy, a port or a folder is not there or not usable. */
export const environmentError = (message: string, hint?: string, cause?: unknown): DspError =>
  new DspError('environment', message, { ...(hint === undefined ? {} : { hint }), cause });

/** The harness itself failed. */
export const harnessError = (message: string, hint?: string, cause?: unknown): DspError =>
  new DspError('harness', message, { ...(hint === undefined ? {} : { hint }), cause });

/** What failed first, where cleaning up after it failed too. */
export const firstFailure = (thrown: unknown): unknown =>
  thrown instanceof SuppressedError ? firstFailure(thrown.suppressed) : thrown;

/** The message of anything that was thrown. */
export const messageOf = (thrown: unknown): string =>
  thrown instanceof Error ? thrown.message : String(thrown);
