import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { generation } from '../generation-clock/generation.ts';
import { logIndex, type LogIndex } from '../write-ahead-log/entry.ts';
import { highWaterMarkBugs } from './bugs.ts';
import { highWaterMark, type GenerationsOfLog, type MakeHighWaterMark } from './high-water-mark.ts';

const indexes = (...of: number[]): LogIndex[] => of.map(logIndex);
/** A log whose entries are of these generations, from index 1 on. */
const generations = (...of: number[]): GenerationsOfLog => ({
  generationAt: (index) => generation(of[index - 1] ?? 0),
});

describe('high-water mark', () => {
  test('a quorum of the current generation moves it', () => {
    const log = generations(1, 4);
    expect(highWaterMark(3).advance(indexes(2, 2, 2, 0, 0), log, generation(4))).toBe(2);
  });

  test('less than a quorum does not', () => {
    const log = generations(4, 4);
    expect(highWaterMark(3).advance(indexes(2, 2, 1, 0, 0), log, generation(4))).toBe(1);
  });

  test('a quorum of an older generation does not (figure 8)', () => {
    const log = generations(1, 2);
    expect(highWaterMark(3).advance(indexes(2, 2, 2, 0, 0), log, generation(4))).toBe(0);
  });

  test('an entry of the current generation carries the older ones with it', () => {
    const log = generations(1, 2, 4);
    expect(highWaterMark(3).advance(indexes(3, 3, 3, 0, 0), log, generation(4))).toBe(3);
  });

  test('a follower goes as far as its leader, but not beyond what is verified', () => {
    const mark = highWaterMark(3);
    expect(mark.follow(logIndex(7), logIndex(4))).toBe(4);
    expect(mark.follow(logIndex(7), logIndex(9))).toBe(7);
  });

  const step = fc.record({
    durable: fc.array(fc.nat({ max: 20 }), { minLength: 5, maxLength: 5 }),
    leads: fc.boolean(),
  });
  test.prop([fc.array(step)])('it never goes back, whoever leads', (steps) => {
    const mark = highWaterMark(3);
    const log = generations(...Array<number>(20).fill(1));
    let before = 0;
    for (const { durable, leads } of steps) {
      const [a, b] = indexes(...durable) as [LogIndex, LogIndex];
      const moved = leads
        ? mark.advance(indexes(...durable), log, generation(1))
        : mark.follow(a, b);
      expect(moved).toBeGreaterThanOrEqual(before);
      before = moved;
    }
  });

  const members = fc.array(fc.nat({ max: 20 }), { minLength: 1, maxLength: 9 });
  test.prop([members])('it is the furthest index that a majority holds', (durable) => {
    const size = Math.floor(durable.length / 2) + 1;
    const log = generations(...Array<number>(20).fill(1));
    const mark = highWaterMark(size).advance(indexes(...durable), log, generation(1));
    const holders = (index: number) => durable.filter((each) => each >= index).length;
    expect(holders(mark)).toBeGreaterThanOrEqual(size);
    expect(holders(mark + 1)).toBeLessThan(size);
  });
});

describe('planted bugs break one rule each', () => {
  const advance = (make: MakeHighWaterMark, durable: number[], log: number[], current: number) =>
    make(3).advance(indexes(...durable), generations(...log), generation(current));

  test('max-instead-of-majority moves it to what one member has', () => {
    const { part } = highWaterMarkBugs['max-instead-of-majority'];
    expect(advance(part, [2, 0, 0, 0, 0], [4, 4], 4)).toBe(2);
    expect(advance(highWaterMark, [2, 0, 0, 0, 0], [4, 4], 4)).toBe(0);
  });

  test('commit-older-generation counts copies of older entries, and only of a quorum', () => {
    const { part } = highWaterMarkBugs['commit-older-generation'];
    expect(advance(part, [2, 2, 2, 0, 0], [1, 2], 4)).toBe(2);
    expect(advance(part, [2, 2, 0, 0, 0], [1, 2], 4)).toBe(0);
  });
});
