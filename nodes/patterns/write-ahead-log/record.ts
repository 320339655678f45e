/**
 * A log entry as bytes: a header of 24 bytes, six numbers of four bytes big-endian, and the command as JSON.
 *
 *   magic "WAL1" · checksum · length of the command · index · generation · index known durable
 *
 * The checksum (CRC-32) covers all that follows it. The last number says up to which index the log was known to be
 * durable when this record was written; replay needs it to tell a torn tail from damage (see `replay.ts`).
 */
import { crc32 } from 'node:zlib';
import { generation } from '../generation-clock/generation.ts';
import { logIndex, type LogEntry, type LogIndex } from './entry.ts';

export interface LogRecord {
  readonly entry: LogEntry;
  /** Every entry up to this one was durable when this one was written. */
  readonly durable: LogIndex;
  /** Bytes of the whole record. */
  readonly length: number;
}

export const headerBytes = 24;
const magic = 0x57_41_4c_31;
const checksummedFrom = 8;

/** The whole record, checksum included. */
export function encodeRecord(entry: LogEntry, durable: LogIndex): Uint8Array {
  const command = Buffer.from(JSON.stringify(entry.command));
  const bytes = Buffer.allocUnsafe(headerBytes + command.length);
  bytes.writeUInt32BE(magic, 0);
  bytes.writeUInt32BE(command.length, 8);
  bytes.writeUInt32BE(entry.index, 12);
  bytes.writeUInt32BE(entry.generation, 16);
  bytes.writeUInt32BE(durable, 20);
  command.copy(bytes, headerBytes);
  bytes.writeUInt32BE(crc32(bytes.subarray(checksummedFrom)), 4);
  return bytes;
}

/** The record that begins at `offset`; undefined if no whole, sound record does. */
export function decodeRecord(bytes: Buffer, offset: number): LogRecord | undefined {
  if (offset + headerBytes > bytes.length) return undefined;
  if (bytes.readUInt32BE(offset) !== magic) return undefined;
  const length = headerBytes + bytes.readUInt32BE(offset + 8);
  if (offset + length > bytes.length) return undefined;
  const checksum = crc32(bytes.subarray(offset + checksummedFrom, offset + length));
  if (checksum !== bytes.readUInt32BE(offset + 4)) return undefined;
  return {
    entry: {
      index: logIndex(bytes.readUInt32BE(offset + 12)),
      generation: generation(bytes.readUInt32BE(offset + 16)),
      command: JSON.parse(bytes.toString('utf8', offset + headerBytes, offset + length)) as unknown,
    },
    durable: logIndex(bytes.readUInt32BE(offset + 20)),
    length,
  };
}
