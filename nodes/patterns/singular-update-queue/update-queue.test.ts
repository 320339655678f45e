import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { setImmediate as turn } from 'node:timers/promises';
import { updateQueue, type UpdateQueueOptions } from './update-queue.ts';

const queueWith = (options: Partial<UpdateQueueOptions> = {}) =>
  updateQueue({
    requestsMax: 10,
    protocolRoom: 2,
    commit: () => Promise.resolve(),
    failed: (error) => {
      throw error;
    },
    ...options,
  });

/** A promise that is resolved from outside. */
function gate() {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

describe('singular update queue', () => {
  test('an update begins when the one before it has ended, waiting included', async () => {
    const queue = queueWith();
    const { opened, open } = gate();
    const seen: string[] = [];
    queue.submit(async () => {
      seen.push('first begins');
      await opened;
      seen.push('first ends');
    }, 'request');
    queue.submit(() => void seen.push('second'), 'request');
    await turn();
    expect(seen).toEqual(['first begins']);
    open();
    await turn();
    expect(seen).toEqual(['first begins', 'first ends', 'second']);
  });

  test('what gathers during a commit is one batch, and committed once', async () => {
    const { opened, open } = gate();
    const commits: number[] = [];
    let made = 0;
    const queue = queueWith({
      commit: async () => {
        commits.push(made);
        if (commits.length === 1) await opened;
      },
    });
    const update = () => void made++;
    queue.submit(update, 'request');
    await turn();
    for (let n = 0; n < 5; n++) queue.submit(update, 'request');
    await turn();
    expect([made, commits]).toEqual([1, [1]]);
    open();
    await turn();
    expect([made, commits]).toEqual([6, [1, 6]]);
  });

  test('it refuses what does not fit, and makes all that it took', async () => {
    const queue = queueWith({ requestsMax: 3 });
    let made = 0;
    const taken = Array.from({ length: 5 }, () => queue.submit(() => void made++, 'request'));
    expect(taken).toEqual([true, true, true, false, false]);
    await turn();
    expect([made, queue.length]).toEqual([3, 0]);
    expect(queue.submit(() => {}, 'request')).toBe(true);
  });

  test('requests cannot take the room of the protocol', () => {
    const queue = queueWith({ requestsMax: 1, protocolRoom: 1 });
    expect(queue.submit(() => {}, 'request')).toBe(true);
    expect(queue.submit(() => {}, 'request')).toBe(false);
    expect(queue.submit(() => {}, 'protocol')).toBe(true);
    expect(queue.submit(() => {}, 'protocol')).toBe(false);
  });

  test('an update may submit another, which has its own turn', async () => {
    const queue = queueWith();
    const seen: number[] = [];
    queue.submit(() => {
      queue.submit(() => void seen.push(2), 'request');
      seen.push(1);
    }, 'request');
    await turn();
    expect(seen).toEqual([1, 2]);
  });

  test.each(['update', 'commit'])('when an %s throws, nothing more is taken', async (which) => {
    const errors: unknown[] = [];
    const broken = (): Promise<void> => Promise.reject(new Error('the disk failed'));
    const queue = queueWith({
      failed: (error) => errors.push(error),
      ...(which === 'commit' ? { commit: broken } : {}),
    });
    queue.submit(which === 'update' ? broken : () => {}, 'request');
    await turn();
    expect(errors).toEqual([new Error('the disk failed')]);
    expect(queue.submit(() => {}, 'protocol')).toBe(false);
  });

  test.prop([fc.array(fc.nat({ max: 4 }), { maxLength: 30 })])(
    'a read, a wait and a write in one update lose nothing, however long each waits',
    async (waits) => {
      let counter = 0;
      const queue = queueWith({ requestsMax: 30 });
      for (const turns of waits)
        queue.submit(async () => {
          const read = counter;
          for (let n = 0; n < turns; n++) await Promise.resolve();
          counter = read + 1;
        }, 'request');
      while (queue.length > 0) await turn();
      expect(counter).toBe(waits.length);
    },
  );
});
