/**
 * What a thread of the interpreter does with an operation, be it a client's or a nemesis's, and what became of it.
 *
 * A performer has one operation at a time. The interpreter may give one up; the performer then says what is known of it,
 * and must not act on that operation any further: its signal is aborted, and what its promise still brings is not heard.
 */
import type { NodeId } from '../../core/ids.ts';
import type { ProcessId } from '../../core/history/entry.ts';
import type { OperationSpec } from '../../core/seams/generator.ts';

/** A completion as it is recorded. */
export interface Outcome {
  readonly type: 'ok' | 'fail' | 'info';
  readonly value: unknown;
  readonly error: string | undefined;
  readonly node: NodeId | undefined;
}

/** Why an operation was given up. */
export type Abandonment = 'timeout' | 'interrupted';

export interface Performer {
  readonly timeoutNs: number;
  /** Whom it will talk to, if that is known before. */
  readonly node: NodeId | undefined;
  /** Rejects only for a defect of the harness. */
  perform(operation: OperationSpec, process: ProcessId, signal: AbortSignal): Promise<Outcome>;
  /** What to record of an operation that is given up now. */
  abandon(operation: OperationSpec, why: Abandonment): Outcome;
  /** Told of every outcome that is recorded; answers how long its thread must rest. */
  ended(outcome: Outcome): number;
  close(): Promise<void>;
}
