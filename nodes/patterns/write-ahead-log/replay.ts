/**
 * Replay: what a log's bytes say after a crash.
 *
 * A crash may leave the last write torn: cut off, or with a hole where a block never reached the disk. Nothing of that
 * write was acknowledged, so it is cut. Any other damage has hit entries that were acknowledged, and a node that dropped
 * them in silence would break its promise; it must refuse to start. The two look alike where the damage begins:
 *
 *   write 1 holds entries 1 2, synced; write 2 holds 3 4 5, and the power fails.
 *   1 2 3 ✗ 5 on the disk is a torn write 2: cut from 4, nothing is lost that anybody was promised.
 *   1 ✗ 3 4 5 is damage: entry 2 was durable, and entry 3 knows it.
 *
 * So each record says what was durable when it was written. Damage at entry i is a torn tail unless a sound record
 * behind it says that i was durable.
 */
import { logIndex, noEntry, type LogEntry, type LogIndex } from './entry.ts';
import { decodeRecord } from './record.ts';

export interface Replayed {
  /** All entries before the damage, if there is any. */
  readonly entries: readonly LogEntry[];
  /** Where each of them ends in the file. */
  readonly ends: readonly number[];
  readonly tail:
    | { readonly kind: 'sound' }
    /** `bytes` of an unfinished write follow the entries: to be cut. */
    | { readonly kind: 'torn'; readonly bytes: number }
    /** The log is not to be used. */
    | { readonly kind: 'damaged'; readonly why: string };
}

export function replay(file: Uint8Array): Replayed {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const entries: LogEntry[] = [];
  const ends: number[] = [];
  let offset = 0;
  while (offset < bytes.length) {
    const record = decodeRecord(bytes, offset);
    if (record === undefined) break;
    const due = logIndex(entries.length + 1);
    const problem = misplaced(record.entry, due, entries.at(-1));
    if (problem !== undefined) return { entries, ends, tail: { kind: 'damaged', why: problem } };
    entries.push(record.entry);
    ends.push((offset += record.length));
  }
  if (offset === bytes.length) return { entries, ends, tail: { kind: 'sound' } };
  const damaged = logIndex(entries.length + 1);
  const durable = durableBehind(bytes, offset + 1);
  return {
    entries,
    ends,
    tail:
      durable >= damaged
        ? {
            kind: 'damaged',
            why: `entry ${damaged}, at byte ${offset}, is damaged, and a later record says that it was durable`,
          }
        : { kind: 'torn', bytes: bytes.length - offset },
  };
}

/** No crash makes a sound record of the wrong entry. */
function misplaced(entry: LogEntry, due: LogIndex, before: LogEntry | undefined) {
  if (entry.index !== due) return `entry ${entry.index} stands where entry ${due} is due`;
  if (before !== undefined && entry.generation < before.generation)
    return `entry ${entry.index} is of generation ${entry.generation}, older than the entry before it`;
  return undefined;
}

/** The furthest index that any sound record from `offset` on says to have been durable. */
function durableBehind(bytes: Buffer, offset: number): LogIndex {
  let durable = noEntry;
  for (let at = bytes.indexOf('WAL1', offset); at >= 0; at = bytes.indexOf('WAL1', at + 1)) {
    const record = decodeRecord(bytes, at);
    if (record !== undefined && record.durable > durable) durable = record.durable;
  }
  return durable;
}
