/** Entries of a replicated log, and where they stand. */
import { noGeneration, type Generation } from '../generation-clock/generation.ts';

/** An entry's place, from 1; 0 stands before the first entry. */
export type LogIndex = number & { readonly __unit: 'log-index' };

export const logIndex = (number: number): LogIndex => number as LogIndex;

export const noEntry = logIndex(0);

export interface LogEntry<Command = unknown> {
  readonly index: LogIndex;
  /** The generation of the leader that appended it first; it keeps it on every node. */
  readonly generation: Generation;
  readonly command: Command;
}

/** Index and generation together name an entry: no two entries of a cluster share both. */
export interface LogPosition {
  readonly index: LogIndex;
  readonly generation: Generation;
}

export const beforeFirst: LogPosition = { index: noEntry, generation: noGeneration };
