/**
 * Runs a generator with no cluster, no clients and no waiting: virtual time, and answers drawn from the seed.
 *
 * For trying out a generator and for testing its properties. It keeps the interpreter's rules (one operation a thread,
 * retirement on `info`, whom a generator is told of what and when) but is a loop of its own, without promises, so that
 * thousands of runs take a moment. The same arguments give the same history.
 */
import { harnessError } from '../core/errors.ts';
import type { Entry, EntryType, History } from '../core/history/entry.ts';
import { seededRandom } from '../core/random.ts';
import type { Random } from '../core/random.ts';
import { ok } from '../core/seams/client.ts';
import type { Completion } from '../core/seams/client.ts';
import type { Generator, OperationSpec, ThreadId } from '../core/seams/generator.ts';
import { nsPerMs, nsPerSecond } from '../core/time.ts';
import { earliest } from './step.ts';
import { threadsOf } from './threads.ts';
import type { Threads } from './threads.ts';

export interface Simulation {
  readonly generator: Generator;
  readonly clientThreads: number;
  /** Families; none when not given. */
  readonly nemeses?: readonly string[];
  /** Draws the answers; any fixed seed when not given. */
  readonly random?: Random;
  /** How the world answers the n-th operation; `ok` with the value asked, in 1 to 20 ms, when not given. */
  readonly answer?: (operation: OperationSpec, random: Random, n: number) => Answer;
  /** No more operations than this; 10,000 when not given. */
  readonly operationsMax?: number;
  /** No operation after this; an hour when not given. */
  readonly secondsMax?: number;
}

export interface Answer {
  readonly latencyNs: number;
  readonly completion: Completion;
}

export interface Simulated {
  readonly history: History;
  /** `limit`: one of the limits was reached. `stuck`: it waits for a completion while nothing is open; a run would fail. */
  readonly ended: 'done' | 'limit' | 'stuck';
}

/** Runs the generator to its end, and the operations that are open then to theirs. */
export function simulate(simulation: Simulation): Simulated {
  const world = new World(simulation);
  let ended: Simulated['ended'] | undefined;
  for (;;) {
    const asked = ended === undefined ? world.ask() : {};
    ended ??= asked.ended;
    if (!world.advance(asked.wakeNs)) break;
  }
  const header = { format: 'dsp-history', version: 1, originNs: 0, startedAt: '' } as const;
  return {
    history: { header, entries: world.entries, torn: false },
    ended: ended ?? 'stuck',
  };
}

class World {
  readonly entries: Entry[] = [];
  readonly #threads: Threads;
  readonly #answer: NonNullable<Simulation['answer']>;
  readonly #random: Random;
  readonly #operationsMax: number;
  readonly #timeNsMax: number;
  readonly #open: OpenOperation[] = [];
  #generator: Generator;
  #operations = 0;
  #timeNs = 0;

  constructor(simulation: Simulation) {
    this.#threads = threadsOf(simulation.clientThreads, simulation.nemeses ?? []);
    this.#answer = simulation.answer ?? defaultAnswer;
    this.#random = simulation.random ?? seededRandom('simulate');
    this.#operationsMax = simulation.operationsMax ?? 10_000;
    this.#timeNsMax = (simulation.secondsMax ?? 3600) * nsPerSecond;
    this.#generator = simulation.generator;
  }

  /** Asks until there is nothing now; says when to ask again, should nothing complete before. */
  ask(): { readonly ended?: Simulated['ended']; readonly wakeNs?: number } {
    while (this.#operations < this.#operationsMax && this.#timeNs < this.#timeNsMax) {
      const step = this.#generator.step(this.#threads.context(this.#timeNs));
      if (step.kind === 'done') return { ended: 'done' };
      this.#generator = step.next;
      if (step.kind === 'pending') {
        const wakeNs = earliest(this.#timeNs, step.untilNs, undefined);
        return wakeNs === undefined ? {} : { wakeNs };
      }
      this.#begin(step.operation);
    }
    return { ended: 'limit' };
  }

  /** Goes on to the next completion, or to `wakeNs` if that comes first; false if there is neither. */
  advance(wakeNs: number | undefined): boolean {
    const first = takeEarliest(this.#open, wakeNs);
    if (first === undefined) {
      if (wakeNs === undefined) return false;
      this.#timeNs = wakeNs;
      return true;
    }
    this.#timeNs = first.endNs;
    this.#complete(first);
    return true;
  }

  #begin(operation: OperationSpec): void {
    const thread = operation.thread ?? this.#threads.free[0];
    if (thread === undefined || !this.#threads.claim(thread))
      throw harnessError(`the generator chose thread ${thread}, which is not free`);
    const random = this.#random.fork(String(this.#operations));
    const { latencyNs, completion } = this.#answer(operation, random, this.#operations);
    this.#operations += 1;
    this.#open.push({ thread, operation, completion, endNs: this.#timeNs + latencyNs });
    this.#record(thread, 'invoke', operation, { value: operation.value });
  }

  #complete({ thread, operation, completion }: OpenOperation): void {
    this.#threads.release(thread);
    this.#record(thread, completion.type, operation, restOf(operation, completion));
    if (completion.type === 'info') this.#threads.retire(thread);
  }

  #record(thread: ThreadId, type: EntryType, operation: OperationSpec, rest: Rest): void {
    const entry: Entry = {
      index: this.entries.length,
      timeNs: this.#timeNs,
      process: this.#threads.processOf(thread),
      type,
      f: operation.f,
      ...(operation.key === undefined ? {} : { key: operation.key }),
      ...rest,
    };
    this.entries.push(entry);
    this.#generator = this.#generator.update(this.#threads.context(this.#timeNs), entry);
  }
}

interface OpenOperation {
  readonly thread: ThreadId;
  readonly operation: OperationSpec;
  readonly completion: Completion;
  readonly endNs: number;
}

type Rest = Pick<Entry, 'value' | 'error'>;

function restOf(operation: OperationSpec, completion: Completion): Rest {
  return completion.type === 'ok'
    ? { value: completion.value }
    : { value: operation.value, error: completion.error };
}

/** Takes out the operation that ends first, unless `wakeNs` comes before. */
function takeEarliest(
  open: OpenOperation[],
  wakeNs: number | undefined,
): OpenOperation | undefined {
  let place = -1;
  for (let i = 0; i < open.length; i++)
    if (place < 0 || open[i]!.endNs < open[place]!.endNs) place = i;
  if (place < 0 || (wakeNs !== undefined && wakeNs < open[place]!.endNs)) return undefined;
  return open.splice(place, 1)[0];
}

const defaultAnswer = ({ value }: OperationSpec, random: Random): Answer => ({
  latencyNs: random.integer(nsPerMs, 20 * nsPerMs),
  completion: ok(value),
});
