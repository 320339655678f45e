/**
 * One toxic at work on one direction of one connection.
 *
 * It runs the toxic's pipe over a queue of chunks. An interrupt makes the pipe hand on what it holds and return; then
 * it can be run again, with new settings, or taken out. Whether the toxic touches this connection at all is drawn anew
 * at every run, by its toxicity.
 */
import type { Random } from '../../../core/random.ts';
import { noop } from '../toxics/noop.ts';
import type { Chunk, NoChunk, Pipe, Stub } from '../toxics/toxic.ts';
import { nowMs } from '../toxics/toxic.ts';
import type { Toxic } from '../proxy/toxic.ts';
import type { Outlet } from './outlet.ts';
import type { Queue } from './queue.ts';
import { createQueue } from './queue.ts';
import { createWaiter } from './waiter.ts';

export interface Stage {
  readonly toxic: Toxic;
  /** What comes to it. */
  readonly queue: Queue;
  run(): void;
  /** Resolves when the pipe has handed on what it held, and has returned. */
  interrupt(): Promise<void>;
  /** Ends the work; what the pipe holds is lost. */
  abandon(): void;
}

export interface StageSurroundings {
  readonly random: Random;
  /** Where its chunks go; asked each time, for stages come and go. */
  readonly next: () => Outlet;
  /** The toxic has ended the stream here. */
  readonly onClosed: () => void;
}

/** A stage that is not yet running. */
export function createStage(toxic: Toxic, { random, next, onClosed }: StageSurroundings): Stage {
  const waiter = createWaiter();
  const queue = createQueue(toxic.kind.bufferChunks ?? 1, () => waiter.wake());
  const pipe: Pipe = toxic.kind.pipe();
  const spared: Pipe = noop.pipe();
  const state = { interrupted: false, closed: false };
  let running: Promise<void> = Promise.resolve();

  const stub: Stub = {
    async read(withinMs = Infinity): Promise<Chunk | NoChunk> {
      const dueMs = nowMs() + withinMs;
      for (;;) {
        if (state.interrupted) return 'interrupted';
        const taken = queue.take();
        if (taken !== undefined) return taken;
        if (nowMs() >= dueMs) return 'late';
        await waiter.until(dueMs);
      }
    },
    async write(chunk) {
      if (state.closed) return;
      const outlet = next();
      if (outlet.write(chunk)) return;
      outlet.onceRoom(() => waiter.wake());
      while (!state.interrupted && !outlet.hasRoom()) await waiter.until(Infinity);
    },
    async sleepUntil(dueMs) {
      while (!state.interrupted && nowMs() < dueMs) await waiter.until(dueMs);
    },
    close() {
      if (state.closed) return;
      state.closed = true;
      onClosed();
    },
  };

  async function runOnce(): Promise<void> {
    const chosen = random.fraction() < toxic.toxicity ? pipe : spared;
    await chosen(stub, toxic.attributes, random);
    if (!state.interrupted && queue.ended) stub.close();
  }

  return {
    toxic,
    queue,
    run() {
      state.interrupted = false;
      running = runOnce();
    },
    async interrupt() {
      state.interrupted = true;
      waiter.wake();
      await running;
    },
    abandon() {
      state.closed = true;
      state.interrupted = true;
      waiter.wake();
    },
  };
}
