/**
 * Frames as bytes: four bytes of length, big-endian, then that many bytes of JSON in UTF-8.
 *
 * Both ends refuse a frame above the limit, so that a length read from rubbish cannot make a node wait for gigabytes.
 */
import type { Frame } from './network.ts';

/** The most bytes of JSON in one frame. */
export const frameBytesMax = 4 * 2 ** 20;

const lengthBytes = 4;

/** What came is no frame, or is too large to be one: the connection is of no use any more. */
export class FrameError extends Error {
  override readonly name = 'FrameError';
}

/** Throws a FrameError for a frame above the limit. */
export function encodeFrame(frame: Frame): Uint8Array {
  const json = JSON.stringify(frame);
  const length = Buffer.byteLength(json);
  if (length > frameBytesMax)
    throw new FrameError(`a frame of ${length} bytes is above the limit of ${frameBytesMax}`);
  const bytes = Buffer.allocUnsafe(lengthBytes + length);
  bytes.writeUInt32BE(length, 0);
  bytes.write(json, lengthBytes);
  return bytes;
}

/** Cuts a stream of bytes, in whatever pieces it comes, into its frames. */
export class FrameReader {
  #rest: Buffer = Buffer.alloc(0);

  /** Takes the next piece; returns the frames that it completes. */
  push(piece: Uint8Array): Frame[] {
    const chunk = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    let bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const frames: Frame[] = [];
    while (bytes.length >= lengthBytes) {
      const length = bytes.readUInt32BE(0);
      if (length > frameBytesMax)
        throw new FrameError(`a frame of ${length} bytes is above the limit of ${frameBytesMax}`);
      if (bytes.length < lengthBytes + length) break;
      frames.push(decode(bytes.toString('utf8', lengthBytes, lengthBytes + length)));
      bytes = bytes.subarray(lengthBytes + length);
    }
    this.#rest = bytes;
    return frames;
  }
}

function decode(json: string): Frame {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (cause) {
    throw new FrameError('a frame is not JSON', { cause });
  }
  if (typeof value !== 'object' || value === null || !('kind' in value))
    throw new FrameError('a frame is not an object with a kind');
  if (typeof value.kind !== 'string') throw new FrameError("a frame's kind is not a text");
  return value as Frame;
}
