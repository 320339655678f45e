/**
 * The end of a stream: the receiver's socket.
 *
 * When the stream ends, the socket is closed whole, both ways, after its last byte is with the kernel: Toxiproxy knows
 * no half-closed connections. `writableLength` is asked for room, not what `write` returns, because a write that the
 * kernel took at once leaves nothing to wait for.
 */
import type { Socket } from 'node:net';
import type { Chunk } from '../toxics/toxic.ts';
import type { Outlet } from './outlet.ts';

export interface Sink extends Outlet {
  /** As `write`, for bytes that come straight from the other socket. */
  writeData(data: Buffer): boolean;
}

/** `close` closes the socket; it is called at most once, after the last write. */
export function createSink(socket: Socket, close: () => void): Sink {
  let ended = false;
  let roomCallbacks: (() => void)[] = [];
  const hasRoom = (): boolean => socket.writableLength < socket.writableHighWaterMark;

  socket.on('drain', () => {
    const callbacks = roomCallbacks;
    roomCallbacks = [];
    for (const callback of callbacks) callback();
  });

  function writeData(data: Buffer): boolean {
    if (ended || data.length === 0 || !socket.writable) return true;
    socket.write(data);
    return hasRoom();
  }

  return {
    writeData,
    write: (chunk: Chunk) => writeData(chunk.data),
    hasRoom,
    end() {
      if (ended) return;
      ended = true;
      if (socket.writableLength === 0) close();
      else socket.write(Buffer.alloc(0), close);
    },
    onceRoom(callback) {
      if (hasRoom()) callback();
      else roomCallbacks.push(callback);
    },
  };
}
