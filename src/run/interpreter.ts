/**
 * Drives a generator against clients and nemeses, and records what happens as it happens.
 *
 * Asks the generator for steps, hands each operation to a free thread, and records its invocation before and its
 * completion after, by true time. It is single-threaded and event-driven: nothing runs but in answer to a completion or to
 * the clock, and all time is the given clock's, so that the same code runs in virtual time. It keeps nothing of the
 * history; memory does not grow with the run. Whatever clients and nemeses do (refuse, throw, hang, answer late) every
 * operation is completed exactly once, within its timeout, and `info` retires its process.
 */
import { harnessError } from '../core/errors.ts';
import type { Entry, EntryType, ProcessId } from '../core/history/entry.ts';
import type { Generator, OperationSpec, ThreadId } from '../core/seams/generator.ts';
import { nsPerMs } from '../core/time.ts';
import type { Cancel, Clock } from '../core/time.ts';
import { threadsOf } from '../generator/threads.ts';
import type { Threads } from '../generator/threads.ts';
import { Alarm } from './interpreter/alarm.ts';
import { ClientThread } from './interpreter/client-thread.ts';
import type { ClientSource } from './interpreter/client-thread.ts';
import { defaultLimits } from './interpreter/limits.ts';
import type { InterpreterLimits } from './interpreter/limits.ts';
import { NemesisThread } from './interpreter/nemesis-thread.ts';
import type { ApplyNemesis } from './interpreter/nemesis-thread.ts';
import { OpenCalls } from './interpreter/open-calls.ts';
import type { Call } from './interpreter/open-calls.ts';
import type { Outcome, Performer } from './interpreter/performer.ts';
import { ProgressCounter } from './interpreter/progress.ts';
import type { Progress } from './interpreter/progress.ts';
import { Recorder } from './interpreter/recorder.ts';

export interface InterpreterOptions extends ClientSource {
  readonly clientThreads: number;
  /** Families; each has one thread. */
  readonly nemeses: readonly string[];
  readonly clock: Clock;
  /** The clock's time at the run's origin. */
  readonly originNs: number;
  /** A client's operation that takes longer is `info` (`timeout`), or `fail` if it still waited for its client to be opened. */
  readonly operationTimeoutMs: number;
  readonly applyNemesis: ApplyNemesis;
  /** Takes every entry, in order. What it throws ends the run. */
  readonly record: (entry: Entry) => void;
  readonly limits?: Partial<InterpreterLimits>;
}

export interface Interpretation {
  /** `done`: the generator had nothing left. `interrupted`: the signal came first. Either way, no operation is open. */
  readonly ended: 'done' | 'interrupted';
}

export interface Interpreter extends AsyncDisposable {
  /**
   * Runs one generator to its end; the next takes over threads, processes, clients and the count of entries as they are.
   * One at a time. Rejects when the generator or `record` throws, or a limit says that the harness is at fault.
   */
  interpret(generator: Generator, signal?: AbortSignal): Promise<Interpretation>;
  /** Records that a phase of the run begins here. */
  markPhase(name: string, value?: unknown): void;
  /**
   * Records a fact that is nobody's operation and begins no phase: a node that ended by itself. May be called from any
   * event at any time: an entry that cannot be recorded ends the run, and after disposal nothing is recorded.
   */
  note(name: string, value?: unknown): void;
  progress(): Progress;
}

/** Its disposal gives up what is still open and closes all clients, within the grace of an interruption. */
export const openInterpreter = (options: InterpreterOptions): Interpreter =>
  new EventDrivenInterpreter(options);

/** One generator being run. */
interface Run {
  generator: Generator;
  /** Set when no more operations are to begin. */
  ending: Interpretation['ended'] | undefined;
  readonly resolve: (interpretation: Interpretation) => void;
  readonly reject: (error: unknown) => void;
  /** Undoes what was set up for this run alone. */
  readonly cleanUp: () => void;
}

class EventDrivenInterpreter implements Interpreter {
  readonly #options: InterpreterOptions;
  readonly #limits: InterpreterLimits;
  readonly #threads: Threads;
  readonly #performers: ReadonlyMap<ThreadId, Performer>;
  readonly #recorder: Recorder;
  readonly #counter = new ProgressCounter();
  readonly #calls: OpenCalls;
  readonly #wake: Alarm;
  #run: Run | undefined;
  #resting = 0;
  /** Since the event loop last had a turn. */
  #operationsThisTurn = 0;
  #yielding = false;
  /** Of the time that an interruption leaves to open operations. */
  #cancelGrace: Cancel | undefined;
  #disposed = false;
  #defect: { readonly error: unknown } | undefined;

  constructor(options: InterpreterOptions) {
    const { clock, clientThreads, nemeses, originNs } = options;
    this.#options = options;
    this.#limits = { ...defaultLimits, ...options.limits };
    this.#threads = threadsOf(clientThreads, nemeses);
    this.#performers = performersOf(options, this.#limits);
    this.#recorder = new Recorder(clock, originNs, (entry) => {
      options.record(entry);
      this.#counter.count(entry);
    });
    this.#calls = new OpenCalls({
      clock,
      abandonedMax: this.#limits.abandonedCallsMax,
      ended: (call, outcome) => this.#ended(call, outcome),
      failed: (error) => this.#fail(error),
    });
    this.#wake = new Alarm(clock, () => this.#ask());
  }

  interpret(generator: Generator, signal?: AbortSignal): Promise<Interpretation> {
    return new Promise((resolve, reject) => {
      if (this.#defect !== undefined) throw this.#defect.error;
      if (this.#run !== undefined) throw harnessError('the interpreter runs a generator already');
      const onAbort = () => this.#interrupt();
      signal?.addEventListener('abort', onAbort, { once: true });
      const cleanUp = () => signal?.removeEventListener('abort', onAbort);
      this.#run = { generator, ending: undefined, resolve, reject, cleanUp };
      if (signal?.aborted === true) this.#interrupt();
      else this.#ask();
    });
  }

  markPhase(name: string, value: unknown = null): void {
    this.#recorder.mark(name, value);
    this.#counter.phase = name;
  }

  note(name: string, value: unknown = null): void {
    if (this.#disposed) return;
    try {
      this.#recorder.mark(name, value);
    } catch (error) {
      this.#fail(error);
    }
  }

  progress(): Progress {
    return this.#counter.snapshot();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#interrupt();
    this.#calls.abandonAll('interrupted');
    this.#disposed = true;
    const closed = Promise.all([...this.#performers.values()].map((each) => each.close()));
    await new Promise<void>((resolve) => {
      const cancel = this.#options.clock.after(this.#limits.interruptGraceMs * nsPerMs, resolve);
      void closed.then(() => (cancel(), resolve()));
    });
  }

  /** Asks for steps until there is nothing to do now. */
  #ask(): void {
    const run = this.#run;
    if (run === undefined || this.#yielding) return;
    try {
      while (run.ending === undefined && this.#threads.free.length > 0) {
        if (this.#operationsThisTurn >= this.#limits.operationsPerTurnMax) return this.#yield();
        const nowNs = this.#recorder.nowNs();
        const step = run.generator.step(this.#threads.context(nowNs));
        if (step.kind === 'done') run.ending = 'done';
        else run.generator = step.next;
        if (step.kind === 'operation') this.#begin(step.operation);
        if (step.kind === 'pending') return this.#wait(nowNs, step.untilNs);
      }
    } catch (error) {
      this.#fail(error);
    }
    this.#finish();
  }

  #begin(operation: OperationSpec): void {
    const thread = operation.thread ?? this.#threads.free[0]!;
    if (!this.#threads.claim(thread))
      throw harnessError(
        `the generator chose thread ${thread} for ${operation.f}, which is not free`,
      );
    this.#operationsThisTurn += 1;
    const process = this.#threads.processOf(thread);
    const performer = this.#performers.get(thread)!;
    const { value } = operation;
    this.#record(process, operation, 'invoke', { value, error: undefined, node: performer.node });
    this.#calls.begin({ thread, process, operation, performer });
  }

  #ended(call: Call, outcome: Outcome): void {
    const { thread, process, operation, performer } = call;
    try {
      const restNs = performer.ended(outcome);
      if (restNs === 0) this.#threads.release(thread);
      else this.#rest(thread, restNs);
      this.#record(process, operation, outcome.type, outcome);
      if (outcome.type === 'info') this.#threads.retire(thread);
    } catch (error) {
      this.#fail(error);
    }
    this.#ask();
  }

  #record(
    process: ProcessId,
    operation: OperationSpec,
    type: EntryType,
    rest: Pick<Outcome, 'value' | 'error' | 'node'>,
  ): void {
    const entry = this.#recorder.record(process, operation, type, rest);
    const run = this.#run!;
    run.generator = run.generator.update(this.#threads.context(entry.timeNs), entry);
  }

  #wait(nowNs: number, untilNs: number | undefined): void {
    if (untilNs !== undefined && untilNs > nowNs) this.#wake.at(this.#options.originNs + untilNs);
    else if (this.#calls.size === 0 && this.#resting === 0)
      throw harnessError('the generator waits for a completion while no operation is open');
  }

  #rest(thread: ThreadId, restNs: number): void {
    this.#resting += 1;
    this.#options.clock.after(restNs, () => {
      this.#resting -= 1;
      this.#threads.release(thread);
      this.#ask();
    });
  }

  #yield(): void {
    this.#yielding = true;
    this.#options.clock.after(0, () => {
      this.#yielding = false;
      this.#operationsThisTurn = 0;
      this.#ask();
    });
  }

  #interrupt(): void {
    const run = this.#run;
    if (run === undefined || run.ending === 'interrupted') return;
    run.ending = 'interrupted';
    const graceNs = this.#limits.interruptGraceMs * nsPerMs;
    if (this.#calls.size > 0)
      this.#cancelGrace = this.#options.clock.after(graceNs, () =>
        this.#calls.abandonAll('interrupted'),
      );
    this.#finish();
  }

  #finish(): void {
    const run = this.#run;
    if (run?.ending === undefined || this.#calls.size > 0) return;
    this.#leave();
    run.resolve({ ended: run.ending });
  }

  #fail(error: unknown): void {
    this.#defect ??= { error };
    const run = this.#run;
    this.#leave();
    run?.reject(error);
  }

  #leave(): void {
    this.#run?.cleanUp();
    this.#run = undefined;
    this.#cancelGrace?.();
    this.#wake.cancel();
    this.#calls.drop();
  }
}

function performersOf(
  options: InterpreterOptions,
  limits: InterpreterLimits,
): ReadonlyMap<ThreadId, Performer> {
  const { clientThreads, nemeses, operationTimeoutMs, applyNemesis } = options;
  const performers = new Map<ThreadId, Performer>();
  for (let thread = 0; thread < clientThreads; thread++)
    performers.set(thread, new ClientThread(thread, operationTimeoutMs * nsPerMs, options, limits));
  for (const family of nemeses)
    performers.set(
      `nemesis:${family}`,
      new NemesisThread(family, limits.nemesisTimeoutMs * nsPerMs, applyNemesis),
    );
  return performers;
}
