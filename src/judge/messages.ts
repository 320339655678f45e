/** What the judging process says to the one that started it. */
import type { ErrorCode } from '../core/errors.ts';
import { DspError } from '../core/errors.ts';
import type { Judgement, TimedCheck } from './request.ts';

/** What is known before the first check. */
export type Loaded = Omit<Judgement, 'checks'>;

export type FromJudge =
  | ({ readonly kind: 'loaded' } & Loaded)
  | { readonly kind: 'checked'; readonly check: TimedCheck }
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** An error as data: a process boundary keeps neither its class nor its code. */
export interface Failure {
  readonly message: string;
  /** Absent for what is no `DspError`. */
  readonly code?: ErrorCode;
  readonly hint?: string;
  readonly stack?: string;
}

/** Packs anything that was thrown. */
export function toFailure(thrown: unknown): Failure {
  if (thrown instanceof DspError) {
    const hint = thrown.hint === undefined ? {} : { hint: thrown.hint };
    return { message: thrown.message, code: thrown.code, ...hint };
  }
  if (!(thrown instanceof Error)) return { message: String(thrown) };
  return { message: thrown.message, stack: thrown.stack ?? '' };
}

/** Unpacks it again. */
export function toError({ message, code, hint, stack }: Failure): Error {
  if (code !== undefined) return new DspError(code, message, hint === undefined ? {} : { hint });
  const error = new Error(message);
  if (stack !== undefined) error.stack = stack;
  return error;
}
