/**
 * The generator seam: what to do next, as a pure value.
 *
 * A generator is immutable. Asked for a step it answers with an operation and the generator to ask after it, with
 * "not yet", or with "done"; told of an entry it answers with the generator that knows of it. It draws chance only from
 * a `Random` that it forks by its own counter, so asking twice gives the same answer, and a test can run it with no cluster.
 */
import type { Entry, Key, ProcessId } from '../history/entry.ts';

/** A place where one operation at a time runs: a client's (0 …) or a nemesis family's. A client's process may be replaced. */
export type ThreadId = number | `nemesis:${string}`;

/** What is asked of a client or a nemesis. */
export interface OperationSpec {
  readonly f: string;
  readonly key?: Key;
  readonly value: unknown;
  /** The thread that must take it; any free one that the generator may use when absent. */
  readonly thread?: ThreadId;
}

/** What a generator is told of the world. Good for the call that it is given to, and not to be kept. */
export interface GeneratorContext {
  /** True time since the run's origin. */
  readonly timeNs: number;
  /** Every thread that this generator may use: clients in ascending order, then nemeses. */
  readonly threads: readonly ThreadId[];
  /** Those of them that are free now, the longest free first. */
  readonly free: readonly ThreadId[];
  /** The process that a thread is at the moment. */
  processOf(thread: ThreadId): ProcessId;
  /** The thread of a process, undefined once it is retired. */
  threadOf(process: ProcessId): ThreadId | undefined;
}

export type Step =
  | { readonly kind: 'operation'; readonly operation: OperationSpec; readonly next: Generator }
  /**
   * Nothing now: ask again when something completes, or at `untilNs`, whichever is first. An `untilNs` that has passed
   * counts as absent. It may be asked again sooner, and not at all while no thread is free.
   */
  | { readonly kind: 'pending'; readonly untilNs?: number; readonly next: Generator }
  | { readonly kind: 'done' };

export interface Generator {
  step(context: GeneratorContext): Step;
  /**
   * Called for every invocation and every completion that the interpreter records. After an operation is taken from
   * `step`, the next call is for its invocation. At a completion the thread still is the entry's process; only after the
   * call is a process that ended in `info` retired.
   */
  update(context: GeneratorContext, entry: Entry): Generator;
}
