/**
 * One run of a node's program, from its start to its end: what happens to it happens at once, or when it is resumed, or
 * never, once it is dead. What it throws ends it, as an uncaught error ends a process.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { NodeId } from '../../../src/core/ids.ts';
import type { Resident } from './network.ts';
import type { Timeline } from './timeline.ts';

/** Which life the code that runs now belongs to, through promises too. */
const present = new AsyncLocalStorage<Life>();

/** The life whose code runs now, or whose rejected promise is told of; undefined in everybody else's. */
export const presentLife = (): Life | undefined => present.getStore();

/** What a process's uncaught error is: it ends the life and nobody else's. */
export type OnError = (life: Life, thrown: unknown) => void;

/** The program of one node, once started. */
export class Life implements Resident {
  readonly host: NodeId;
  readonly #timeline: Timeline;
  readonly #onError: OnError;
  /** Runs code as this life's; taken once, for it is done at every event. */
  readonly #inside: ReturnType<typeof AsyncLocalStorage.snapshot>;
  #state: 'running' | 'paused' | 'dead' = 'running';
  /** What happens to it once it is resumed. */
  #held: (() => void)[] = [];

  constructor(host: NodeId, timeline: Timeline, onError: OnError) {
    this.host = host;
    this.#timeline = timeline;
    this.#onError = onError;
    this.#inside = present.run(this, () => AsyncLocalStorage.snapshot());
  }

  get state(): 'running' | 'paused' | 'dead' {
    return this.#state;
  }

  act(what: () => void): void {
    if (this.#state === 'dead') return;
    if (this.#state === 'running' && this.#held.length === 0) this.#do(what);
    else this.#held.push(what);
  }

  /** It has thrown, or a promise of its was rejected and nobody cared. */
  failed(thrown: unknown): void {
    if (this.#state !== 'dead') this.#onError(this, thrown);
  }

  pause(): void {
    if (this.#state === 'running') this.#state = 'paused';
  }

  /** What was held happens in its order, and before whatever comes meanwhile. */
  resume(): void {
    if (this.#state !== 'paused') return;
    this.#state = 'running';
    if (this.#held.length > 0) this.#timeline.after(0, () => this.#doHeld());
  }

  end(): void {
    this.#state = 'dead';
    this.#held = [];
  }

  #doHeld(): void {
    if (this.#state !== 'running' || this.#held.length === 0) return;
    this.#do(this.#held.shift()!);
    if (this.#held.length > 0) this.#timeline.after(0, () => this.#doHeld());
  }

  #do(what: () => void): void {
    this.#inside(this.#attempt, what);
  }

  readonly #attempt = (what: () => void): void => {
    try {
      what();
    } catch (thrown) {
      this.failed(thrown);
    }
  };
}
