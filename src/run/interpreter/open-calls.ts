/**
 * The operations that are open: each ends exactly once, by its answer, by its timeout, or by an interruption.
 *
 * A call that was given up may still answer, or never. Its answer is not heard, and how many such calls may be left is
 * limited, for each holds memory and perhaps a connection.
 */
import { harnessError } from '../../core/errors.ts';
import type { ProcessId } from '../../core/history/entry.ts';
import type { OperationSpec, ThreadId } from '../../core/seams/generator.ts';
import type { Clock } from '../../core/time.ts';
import { Alarm } from './alarm.ts';
import type { Abandonment, Outcome, Performer } from './performer.ts';

export interface Call {
  readonly thread: ThreadId;
  readonly process: ProcessId;
  readonly operation: OperationSpec;
  readonly performer: Performer;
}

export interface OpenCallsOptions {
  readonly clock: Clock;
  readonly abandonedMax: number;
  readonly ended: (call: Call, outcome: Outcome) => void;
  /** A defect of the harness, or too many calls that never return. */
  readonly failed: (error: unknown) => void;
}

interface OpenCall {
  readonly call: Call;
  readonly deadlineNs: number;
  readonly controller: AbortController;
}

export class OpenCalls {
  readonly #options: OpenCallsOptions;
  readonly #open = new Set<OpenCall>();
  readonly #deadline: Alarm;
  #abandoned = 0;

  constructor(options: OpenCallsOptions) {
    this.#options = options;
    this.#deadline = new Alarm(options.clock, () => this.#expire());
  }

  get size(): number {
    return this.#open.size;
  }

  begin(call: Call): void {
    const { performer, operation, process } = call;
    const controller = new AbortController();
    const deadlineNs = this.#options.clock.now() + performer.timeoutNs;
    const open: OpenCall = { call, deadlineNs, controller };
    this.#open.add(open);
    this.#deadline.at(deadlineNs);
    performer.perform(operation, process, controller.signal).then(
      (outcome) => this.#answered(open, outcome),
      (defect: unknown) => this.#answered(open, undefined, defect),
    );
  }

  /** Gives up all that are open; nothing new may begin meanwhile. */
  abandonAll(why: Abandonment): void {
    for (const open of this.#open) this.#abandon(open, why);
  }

  /** Forgets all that are open, and leaves no timer running; nobody is told how they end. */
  drop(): void {
    for (const open of this.#open) this.#release(open);
    this.#deadline.cancel();
  }

  #answered(open: OpenCall, outcome: Outcome | undefined, defect?: unknown): void {
    if (!this.#open.delete(open)) this.#abandoned -= 1;
    else if (outcome === undefined) this.#options.failed(defect);
    else this.#options.ended(open.call, outcome);
  }

  #expire(): void {
    const nowNs = this.#options.clock.now();
    const late: OpenCall[] = [];
    for (const open of this.#open) {
      if (open.deadlineNs <= nowNs) late.push(open);
      else this.#deadline.at(open.deadlineNs);
    }
    for (const open of late) this.#abandon(open, 'timeout');
  }

  #abandon(open: OpenCall, why: Abandonment): void {
    if (!this.#open.has(open)) return;
    const { performer, operation } = open.call;
    const outcome = performer.abandon(operation, why);
    this.#release(open);
    this.#options.ended(open.call, outcome);
    const { abandonedMax } = this.#options;
    if (this.#abandoned > abandonedMax)
      this.#options.failed(
        harnessError(
          `${this.#abandoned} operations were given up and their calls never returned (the limit is ${abandonedMax})`,
          'the client of this workload must end its calls when their signal aborts or it is closed',
        ),
      );
  }

  #release(open: OpenCall): void {
    this.#open.delete(open);
    this.#abandoned += 1;
    open.controller.abort();
  }
}
