/** Chunks that wait for a stage. The end waits its turn, behind the last chunk, and stays. */
import type { Chunk } from '../toxics/toxic.ts';
import type { Outlet } from './outlet.ts';

export interface Queue extends Outlet {
  take(): Chunk | 'ended' | undefined;
  /** Takes all chunks that wait. */
  drain(): Chunk[];
  readonly ended: boolean;
}

/** `onArrival` is called for every chunk and for the end. */
export function createQueue(chunksMax: number, onArrival: () => void): Queue {
  let waiting: Chunk[] = [];
  let ended = false;
  let roomCallbacks: (() => void)[] = [];
  const hasRoom = (): boolean => waiting.length < chunksMax;

  function tellRoom(): void {
    if (!hasRoom()) return;
    const callbacks = roomCallbacks;
    roomCallbacks = [];
    for (const callback of callbacks) callback();
  }

  return {
    write(chunk) {
      waiting.push(chunk);
      onArrival();
      return hasRoom();
    },
    hasRoom,
    end() {
      ended = true;
      onArrival();
    },
    onceRoom(callback) {
      roomCallbacks.push(callback);
      tellRoom();
    },
    take() {
      const chunk = waiting.shift();
      if (chunk === undefined) return ended ? 'ended' : undefined;
      tellRoom();
      return chunk;
    },
    drain() {
      const drained = waiting;
      waiting = [];
      tellRoom();
      return drained;
    },
    get ended() {
      return ended;
    },
  };
}
