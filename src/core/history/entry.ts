/**
 * A history: the ordered entries of one run, of clients and nemeses alike.
 *
 * Every entry is one fact: a process invoked an operation, or its operation completed. `ok` means that it happened,
 * `fail` that it definitely did not, `info` that nobody knows. A client whose operation ended in `info` is retired, for
 * that operation may still take effect at any later time.
 */
import type { NodeId } from '../ids.ts';
import type { EntryColumns } from './entry-columns.ts';

export type EntryType = 'invoke' | 'ok' | 'fail' | 'info';

/** A client is a number; a nemesis has its family's name; `phase` marks where a phase of the run begins. */
export type ProcessId = number | NemesisProcess | typeof phaseProcess;
export type NemesisProcess = `nemesis:${string}`;
export const phaseProcess = 'phase' as const;

export interface Entry {
  /** Place in the history, from 0, without gaps. */
  readonly index: number;
  /** True time since the run's origin, in nanoseconds; never smaller than that of the entry before. */
  readonly timeNs: number;
  readonly process: ProcessId;
  readonly type: EntryType;
  /** The function that is called: `read`, `write`, `compare-and-set`; `start`, `stop` for a nemesis; a phase's name. */
  readonly f: string;
  /** The independent object that it acts on, where the workload has such. */
  readonly key?: Key;
  /** Arguments at the invocation, result at an `ok`. */
  readonly value: unknown;
  /** Why an operation failed or is unknown: a code of the error registry. */
  readonly error?: string;
  /** The node that the client talked to. */
  readonly node?: NodeId;
}

export type Key = number | string;

/** The first line of a history file. */
export interface HistoryHeader {
  readonly format: 'dsp-history';
  readonly version: 1;
  /** True time of the run's origin on the host that recorded it; traces are stamped in the same time. */
  readonly originNs: number;
  /** When the run began, by the host's wall clock, ISO 8601; for people only. */
  readonly startedAt: string;
}

export interface History {
  readonly header: HistoryHeader;
  readonly entries: readonly Entry[];
  /** The same entries, where a file was read: `entries` are made of them only when somebody asks. */
  readonly columns?: EntryColumns;
  /** The last line was cut off in the middle, as by a kill of the controller; it was dropped. */
  readonly torn: boolean;
}

export const isClient = (process: ProcessId): process is number => typeof process === 'number';
/** A nemesis, not the marks of phases. */
export const isNemesis = (process: ProcessId): process is NemesisProcess =>
  typeof process === 'string' && process.startsWith('nemesis:');
export const nemesisProcess = (family: string): NemesisProcess => `nemesis:${family}`;
