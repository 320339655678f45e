import { describe, expect, test } from 'vitest';
import { seededRandom } from '../src/core/random.ts';
import type { Entry } from '../src/core/history/entry.ts';
import { simulate } from '../src/generator/simulate.ts';
import { register } from './register.ts';

const context = (seed: string) => ({ random: seededRandom(seed), concurrency: 10, options: {} });

const asked = (seed: string, world = 'world', operationsMax = 2000): Entry[] =>
  simulate({
    generator: register.generator(context(seed)),
    clientThreads: 10,
    random: seededRandom(world),
    operationsMax,
  }).history.entries.filter(({ type }) => type === 'invoke');

const what = ({ f, key, value }: Entry) => ({ f, key, value });

describe('register', () => {
  test('the same seed asks the same operations, however long the answers take', () => {
    expect(asked('a', 'slow').map(what)).toEqual(asked('a', 'quick').map(what));
  });

  test('another seed asks others', () => {
    expect(asked('a').map(what)).not.toEqual(asked('b').map(what));
  });

  test('no value of a key is written twice, and a key ends after its share', () => {
    const written = new Map<unknown, unknown[]>();
    for (const { f, key, value } of asked('a')) {
      if (f === 'read') continue;
      written.set(key, [
        ...(written.get(key) ?? []),
        f === 'write' ? value : (value as unknown[])[1],
      ]);
    }
    expect(written.size).toBeGreaterThan(10);
    for (const values of written.values()) {
      expect(new Set(values).size).toBe(values.length);
      expect(values.length).toBeLessThanOrEqual(120);
    }
  });

  test('a compare-and-set expects a value that somebody writes, or none', () => {
    const all = asked('a');
    const writes = new Set(
      all
        .filter(({ f }) => f !== 'read')
        .map(
          ({ f, key, value }) =>
            `${key}:${String(f === 'write' ? value : (value as unknown[])[1])}`,
        ),
    );
    const swaps = all.filter(({ f }) => f === 'compare-and-set');
    expect(swaps.length).toBeGreaterThan(100);
    for (const { key, value } of swaps) {
      const [from] = value as [number | null, number];
      expect(from === null || writes.has(`${key}:${from}`)).toBe(true);
    }
  });

  test('half of the clients only read', () => {
    for (const { f, process } of asked('a')) expect((process as number) >= 5).toBe(f === 'read');
  });

  test('a single client does both', () => {
    const { history } = simulate({
      generator: register.generator(context('a')),
      clientThreads: 1,
      operationsMax: 50,
    });
    const functions = new Set(history.entries.map(({ f }) => f));
    expect(functions).toEqual(new Set(['read', 'write', 'compare-and-set']));
  });

  test('every key is read at the end, more than once', () => {
    const { history } = simulate({
      generator: register.finalReads(context('a'), [0, 1, 'recovery']),
      clientThreads: 3,
    });
    const reads = history.entries.filter(({ type }) => type === 'invoke');
    expect(reads.every(({ f }) => f === 'read')).toBe(true);
    expect(reads.map(({ key }) => key)).toEqual([0, 1, 'recovery', 0, 1, 'recovery']);
  });
});
