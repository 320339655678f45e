/**
 * Where a stage, or a socket that is read, puts its bytes: the queue before the next stage, or the socket at the end.
 *
 * An outlet takes every chunk, at once and in order. Whether it has room only says if it is time to pause; so nobody
 * who has to hand over what is in hand can be blocked by a receiver that does not read.
 */
import type { Chunk } from '../toxics/toxic.ts';

export interface Outlet {
  /** Takes the chunk; false when the giver should wait for room before it gives the next. */
  write(chunk: Chunk): boolean;
  hasRoom(): boolean;
  /** Nothing more will be written. */
  end(): void;
  /** Calls back once, when there is room. */
  onceRoom(callback: () => void): void;
}
