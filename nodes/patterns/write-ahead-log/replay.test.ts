import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { generation } from '../generation-clock/generation.ts';
import { logIndex, type LogEntry } from './entry.ts';
import { encodeRecord } from './record.ts';
import { replay } from './replay.ts';

const entry = (index: number, of = 1, command: unknown = `command ${index}`): LogEntry => ({
  index: logIndex(index),
  generation: generation(of),
  command,
});

/** A log as it is written: each batch in one write, synced before the next. */
function written(batches: readonly (readonly unknown[])[]) {
  const entries: LogEntry[] = [];
  const records: Uint8Array[] = [];
  let durable = 0;
  for (const [at, batch] of batches.entries()) {
    for (const command of batch) {
      const one = entry(entries.length + 1, at + 1, command);
      entries.push(one);
      records.push(encodeRecord(one, logIndex(durable)));
    }
    durable = entries.length;
  }
  const lastBatch = batches.findLast((batch) => batch.length > 0)?.length ?? 0;
  const bytes = Buffer.concat(records);
  const tail = Buffer.concat(records.slice(entries.length - lastBatch)).length;
  return { bytes, entries, tailFrom: bytes.length - tail };
}

const commands = fc.array(fc.array(fc.jsonValue(), { minLength: 1, maxLength: 4 }), {
  minLength: 1,
  maxLength: 6,
});

describe('replay', () => {
  test.prop([commands])('a log that was written whole is read back whole', (batches) => {
    const { bytes, entries } = written(batches);
    const json = JSON.parse(JSON.stringify(entries)) as LogEntry[];
    expect(replay(bytes)).toMatchObject({ entries: json, tail: { kind: 'sound' } });
  });

  test('of a log cut off at any byte, the whole entries before the cut are left', () => {
    const { bytes, entries } = written([['a'], ['b', 'cc'], ['ddd']]);
    for (let length = 0; length <= bytes.length; length++) {
      const { entries: left, ends, tail } = replay(bytes.subarray(0, length));
      expect(left).toEqual(entries.slice(0, left.length));
      expect(tail.kind).toBe((ends.at(-1) ?? 0) === length ? 'sound' : 'torn');
    }
  });

  test('a bit that flips in what was durable is damage, whichever it is', () => {
    const { bytes, tailFrom } = written([['a'], ['b', 'cc'], ['ddd'], ['e', 'f']]);
    for (let bit = 0; bit < tailFrom * 8; bit++)
      expect(replay(flipped(bytes, bit)).tail.kind).toBe('damaged');
  });

  test('a bit that flips in the last write is a torn tail, for nothing says that it was durable', () => {
    const { bytes, entries, tailFrom } = written([['a'], ['b', 'cc'], ['e', 'f']]);
    for (let bit = tailFrom * 8; bit < bytes.length * 8; bit++) {
      const { entries: left, tail } = replay(flipped(bytes, bit));
      expect(tail.kind).toBe('torn');
      expect(left).toEqual(entries.slice(0, left.length));
      expect(left.length).toBeGreaterThanOrEqual(3);
    }
  });

  test('a hole in the last write is a torn tail, though sound records stand behind it', () => {
    const records = [1, 2, 3, 4, 5].map((n) => encodeRecord(entry(n), logIndex(n <= 2 ? 0 : 2)));
    records[3]!.fill(0);
    const { entries, tail } = replay(Buffer.concat(records));
    expect(entries.map(({ index }) => index)).toEqual([1, 2, 3]);
    expect(tail.kind).toBe('torn');
  });

  test('the same hole is damage when a record behind it says that it was durable', () => {
    const records = [1, 2, 3].map((n) => encodeRecord(entry(n), logIndex(n - 1)));
    records[1]!.fill(0);
    expect(replay(Buffer.concat(records)).tail).toMatchObject({
      kind: 'damaged',
      why: expect.stringContaining('entry 2') as string,
    });
  });

  test.each([
    ['skips an index', [entry(1), entry(3)]],
    ['goes back to an older generation', [entry(1, 2), entry(2, 1)]],
  ])('a log whose sound records %s is damaged', (_, entries) => {
    const bytes = Buffer.concat(entries.map((one) => encodeRecord(one, logIndex(0))));
    expect(replay(bytes).tail.kind).toBe('damaged');
  });
});

function flipped(bytes: Uint8Array, bit: number): Uint8Array {
  const copy = Buffer.from(bytes);
  copy[bit >> 3]! ^= 1 << (bit & 7);
  return copy;
}
