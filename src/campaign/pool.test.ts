import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import type { Worker } from '../workers/worker.ts';
import { workThrough, type PoolOptions } from './pool.ts';

const never = new AbortController().signal;
const numbers = (count: number): number[] => Array.from({ length: count }, (_, at) => at);

/** A pool whose workers do nothing but count how many of them there are. */
function pool(workers: number, given: Partial<PoolOptions> = {}) {
  const open = new Set<Worker>();
  const seen = { most: 0 };
  const options: PoolOptions = {
    workers,
    open() {
      const worker: Worker = {
        run: () => expect.unreachable(),
        [Symbol.asyncDispose]: async () => void open.delete(worker),
      };
      open.add(worker);
      seen.most = Math.max(seen.most, open.size);
      return worker;
    },
    signal: never,
    stopNow: never,
    ...given,
  };
  return { options, open, seen };
}

const moment = (): Promise<void> => new Promise(setImmediate);

describe('a pool', () => {
  property.prop([fc.nat({ max: 50 }), fc.integer({ min: 1, max: 8 })])(
    'does each piece of work once, with no more workers than it may have, and leaves none',
    async (pieces, workers) => {
      const { options, open, seen } = pool(workers);
      const done: number[] = [];
      await workThrough(
        numbers(pieces),
        async (piece) => {
          await moment();
          done.push(piece);
        },
        options,
      );
      expect(done.toSorted((a, b) => a - b)).toEqual(numbers(pieces));
      expect(seen.most).toBeLessThanOrEqual(workers);
      expect(open.size).toBe(0);
    },
  );

  test('gives nothing more out after its signal, and waits for what was begun', async () => {
    const enough = new AbortController();
    const { options } = pool(2, { signal: enough.signal });
    const done: number[] = [];
    await workThrough(
      numbers(100),
      async (piece) => {
        if (piece === 4) enough.abort();
        await moment();
        done.push(piece);
      },
      options,
    );
    expect(done.toSorted((a, b) => a - b)).toEqual(numbers(done.length));
    expect(done).toContain(4);
    expect(done.length).toBeLessThan(8);
  });

  test('whose work throws rejects with that, and leaves no worker', async () => {
    const { options, open } = pool(3);
    const failing = workThrough(
      numbers(100),
      async (piece) => {
        await moment();
        if (piece === 5) throw new Error('the disk is full');
      },
      options,
    );
    await expect(failing).rejects.toThrow('the disk is full');
    expect(open.size).toBe(0);
  });

  test('that is stopped at once ends its workers while they work', async () => {
    const now = new AbortController();
    const { options, open } = pool(2, { stopNow: now.signal });
    const working = workThrough(
      numbers(100),
      async () => {
        now.abort();
        expect(open.size).toBe(0);
      },
      options,
    );
    await working;
  });
});
