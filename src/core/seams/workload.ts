/** The workload seam: operations, the client that performs them, and the checkers that judge them. */
import type { Key } from '../history/entry.ts';
import type { Random } from '../random.ts';
import type { CheckerSpec } from './checker.ts';
import type { Completion } from './client.ts';
import type { Generator, OperationSpec } from './generator.ts';
import type { Session, SessionCall } from './system.ts';

export interface WorkloadContext {
  readonly random: Random;
  /** How many client threads there are. */
  readonly concurrency: number;
  readonly options: Readonly<Record<string, string>>;
}

/** Performs one function of a workload; what it throws is classified by the error registry. */
export type Perform = (operation: OperationSpec, signal: AbortSignal) => Promise<Completion>;

export interface Workload<Call extends SessionCall = SessionCall> {
  readonly name: string;
  readonly says: string;
  readonly needs: readonly Call[];
  /** What `--option NAME=VALUE` may name, and what it means. */
  readonly options: Readonly<Record<string, string>>;
  /** Operations under load, for ever; rate and time limit are the run's. */
  generator(context: WorkloadContext): Generator;
  /** The attempts of client thread `thread` after healing, for ever; the first `ok` ends them. */
  recovery(context: WorkloadContext, thread: number): Generator;
  /** What is asked last, in calm, of the keys that the history has. Ends by itself. */
  finalReads(context: WorkloadContext, keys: readonly Key[]): Generator;
  client(session: Session<Call>): Readonly<Record<string, Perform>>;
  /** The checkers that judge it, written down: names of the registry of checkers, and options. */
  judges(): readonly CheckerSpec[];
}
