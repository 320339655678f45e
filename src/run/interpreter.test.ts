import { describe, expect, test } from 'vitest';
import { seededRandom } from '../core/random.ts';
import { fail, info, ok } from '../core/seams/client.ts';
import type { Completion } from '../core/seams/client.ts';
import type { Generator } from '../core/seams/generator.ts';
import { hostClock, nsPerMs } from '../core/time.ts';
import { repeat } from '../generator/limit.ts';
import { mix } from '../generator/mix.ts';
import { onClients } from '../generator/on-threads.ts';
import { constant, fromFunction, once } from '../generator/operations.ts';
import { stagger } from '../generator/pace.ts';
import { perKey } from '../generator/per-key.ts';
import { timeLimit } from '../generator/time-limit.ts';
import { afterMs, lines, never, timesMs, world } from './interpreter/world.fixture.ts';

const read = { f: 'read', value: null };
const writes = fromFunction(seededRandom(0), (_, n) => ({ f: 'write', value: n }));
const inOrder =
  (answers: readonly Completion[]) =>
  ({ n }: { n: number }) =>
    Promise.resolve(answers[n] ?? ok());

describe('interruption', () => {
  const interruptedAfter = async (ms: number, latencyMs: number) => {
    const controller = new AbortController();
    const it = world({ clientThreads: 2, answer: () => afterMs(it.clock, latencyMs, ok()) });
    it.clock.after(ms * nsPerMs, () => controller.abort());
    const interpreted = it.interpreter.interpret(constant(read), controller.signal);
    return { ...it, ...(await it.clock.until(interpreted)) };
  };

  test('lets open operations end within the grace, and begins no other', async () => {
    const { entries, ended, clock } = await interruptedAfter(250, 100);
    expect(ended).toBe('interrupted');
    expect(timesMs(entries, 'ok')).toEqual([100, 100, 200, 200, 300, 300]);
    expect(timesMs(entries, 'invoke')).toHaveLength(6);
    expect(clock.timers).toBe(0);
  });

  test('one that times out within the grace is info for that reason', async () => {
    const { entries, ended, clock } = await interruptedAfter(250, 5_000);
    expect(ended).toBe('interrupted');
    expect(lines(entries).slice(2)).toEqual(['0 info read timeout', '1 info read timeout']);
    expect(timesMs(entries, 'info')).toEqual([1_000, 1_000]);
    expect(clock.now() / nsPerMs).toBe(1_000);
  });

  test('what is open after the grace is info, however long its own time', async () => {
    const controller = new AbortController();
    const { clock, entries, interpreter } = world({ answer: never, operationTimeoutMs: 30_000 });
    clock.after(250 * nsPerMs, () => controller.abort());
    await clock.until(interpreter.interpret(constant(read), controller.signal));
    expect(lines(entries)).toEqual(['0 invoke read null', '0 info read interrupted']);
    expect(timesMs(entries, 'info')).toEqual([1_250]);
  });

  test('before anything began, nothing begins', async () => {
    const { clock, entries, interpreter } = world({ answer: inOrder([]) });
    const interpreted = interpreter.interpret(constant(read), AbortSignal.abort());
    expect(await clock.until(interpreted)).toEqual({ ended: 'interrupted' });
    expect(entries).toEqual([]);
  });

  test('what comes after can be interpreted still', async () => {
    const { entries, interpreter, clock } = await interruptedAfter(250, 100);
    expect(await clock.until(interpreter.interpret(once(read)))).toEqual({ ended: 'done' });
    expect(entries).toHaveLength(14);
  });

  test('answers that need no I/O do not starve whoever would interrupt', async () => {
    const controller = new AbortController();
    const it = world({ answer: inOrder([]), clock: hostClock, originNs: hostClock.now() });
    setTimeout(() => controller.abort(), 1);
    const { ended } = await it.interpreter.interpret(constant(read), controller.signal);
    expect(ended).toBe('interrupted');
  });
});

describe('several generators one after another', () => {
  test('go on with processes, clients, indexes and time, with marks between them', async () => {
    const { clock, entries, clients, interpreter } = world({
      answer: ({ n }) => afterMs(clock, 10, n === 0 ? info('lost') : ok()),
    });
    interpreter.markPhase('load');
    await clock.until(interpreter.interpret(repeat(2, read)));
    interpreter.markPhase('final-reads', { keys: 3 });
    await clock.until(interpreter.interpret(once(read)));
    expect(lines(entries)).toEqual([
      'phase info load null',
      '0 invoke read null',
      '0 info read lost',
      '1 invoke read null',
      '1 ok read',
      'phase info final-reads {"keys":3}',
      '1 invoke read null',
      '1 ok read',
    ]);
    expect(entries.map((entry) => entry.index)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(clients).toHaveLength(2);
  });

  test('a note is an entry like a mark, but no phase, and may come while operations are open', async () => {
    const { clock, entries, interpreter } = world({ answer: () => afterMs(clock, 10, ok()) });
    interpreter.markPhase('load');
    clock.after(5 * nsPerMs, () => interpreter.note('node-exited', { node: 'n1' }));
    await clock.until(interpreter.interpret(once(read)));
    expect(lines(entries)).toEqual([
      'phase info load null',
      '0 invoke read null',
      'phase info node-exited {"node":"n1"}',
      '0 ok read',
    ]);
    expect(interpreter.progress().phase).toBe('load');
  });

  test('never two at a time', async () => {
    const { clock, interpreter } = world({ answer: () => afterMs(clock, 10, ok()) });
    const first = interpreter.interpret(once(read));
    await expect(interpreter.interpret(once(read))).rejects.toThrow(/already/);
    expect(await clock.until(first)).toEqual({ ended: 'done' });
  });

  test('time never goes back, though the clock does', async () => {
    const { clock, entries, interpreter } = world({ answer: () => afterMs(clock, 10, ok()) });
    await clock.until(interpreter.interpret(once(read)));
    clock.turnBack(5 * nsPerMs);
    interpreter.markPhase('next');
    expect(entries.map((entry) => entry.timeNs / nsPerMs)).toEqual([0, 10, 10]);
  });
});

describe('what cannot be right ends the run', () => {
  const rejection = (generator: Generator, record?: () => void) => {
    const { clock, interpreter } = world({
      clientThreads: 2,
      answer: () => afterMs(clock, 10, ok()),
      ...(record === undefined ? {} : { record }),
    });
    return expect(clock.until(interpreter.interpret(generator))).rejects;
  };
  const waiting: Generator = {
    step: () => ({ kind: 'pending', next: waiting }),
    update: () => waiting,
  };

  test('a generator that waits for a completion while nothing is open', () =>
    rejection(waiting).toThrow(/waits for a completion while no operation is open/));

  test('a generator that chooses a busy thread', () => {
    const greedy: Generator = {
      step: () => ({ kind: 'operation', operation: { ...read, thread: 1 }, next: greedy }),
      update: () => greedy,
    };
    return rejection(greedy).toThrow(/thread 1 for read, which is not free/);
  });

  test('a generator that throws', () => {
    const broken: Generator = {
      step() {
        throw new Error('broken');
      },
      update: () => broken,
    };
    return rejection(broken).toThrow('broken');
  });

  test('an entry that cannot be recorded; nothing is begun after it', async () => {
    let recorded = 0;
    await rejection(constant(read), () => {
      if (++recorded === 5) throw new Error('disk full');
    }).toThrow('disk full');
    expect(recorded).toBe(5);
  });
});

describe('a note', () => {
  test('that cannot be recorded ends the run, and does not throw at whoever noted it', async () => {
    const { clock, interpreter } = world({
      answer: () => afterMs(clock, 10, ok()),
      record: ({ process }) => {
        if (process === 'phase') throw new Error('disk full');
      },
    });
    clock.after(5 * nsPerMs, () => interpreter.note('node-exited'));
    await expect(clock.until(interpreter.interpret(once(read)))).rejects.toThrow('disk full');
  });

  test('after disposal is not recorded', async () => {
    const { clock, entries, interpreter } = world({ answer: () => afterMs(clock, 10, ok()) });
    await clock.until(interpreter[Symbol.asyncDispose]());
    interpreter.note('node-exited');
    expect(entries).toEqual([]);
  });
});

describe('disposal', () => {
  test('closes every client', async () => {
    const { clock, clients, interpreter } = world({
      clientThreads: 3,
      answer: () => afterMs(clock, 1, ok()),
    });
    await clock.until(interpreter.interpret(repeat(3, read)));
    expect(clients.map((each) => each.closed)).toEqual([false, false, false]);
    await clock.until(interpreter[Symbol.asyncDispose]());
    expect(clients.map((each) => each.closed)).toEqual([true, true, true]);
    expect(clock.timers).toBe(0);
  });

  test('gives up what is open, and does not wait long for a client that will not close', async () => {
    const { clock, entries, interpreter } = world({
      answer: never,
      openClient: () => Promise.resolve({ invoke: never, close: never }),
    });
    const interpreted = interpreter.interpret(constant(read));
    await clock.until(Promise.resolve());
    await clock.until(interpreter[Symbol.asyncDispose]());
    expect(await interpreted).toEqual({ ended: 'interrupted' });
    expect(lines(entries)).toEqual(['0 invoke read null', '0 info read interrupted']);
    expect(clock.now() / nsPerMs).toBe(1_000);
  });
});

describe('the same seed', () => {
  const load = (seed: number) => {
    const random = seededRandom(seed);
    const keys = perKey({
      keys: (n) => n,
      window: 3,
      operationsMax: 8,
      generator: (key) => mix(random.fork(String(key)), [constant(read), writes]),
    });
    return onClients(timeLimit(5, stagger(random, 50, keys)));
  };
  const operations = async (seed: number, worldSeed: number) => {
    const random = seededRandom(worldSeed);
    const { clock, entries, interpreter } = world({
      clientThreads: 5,
      answer: ({ n }) => {
        const drawn = random.fork(String(n));
        const completion = drawn.pick([ok(), ok(), fail('no'), info('lost')]);
        return afterMs(clock, drawn.integer(0, 150), completion);
      },
    });
    await clock.until(interpreter.interpret(load(seed)));
    const invoked = entries.filter((entry) => entry.type === 'invoke');
    return invoked.map(({ f, key, value }) => ({ f, key, value }));
  };

  test('gives the same operations, whatever the answers and their order', async () => {
    const [a, b] = [await operations(7, 1), await operations(7, 2)];
    const length = Math.min(a.length, b.length);
    expect(length).toBeGreaterThan(100);
    expect(a.slice(0, length)).toEqual(b.slice(0, length));
  });

  test('and another seed gives others', async () => {
    expect(await operations(7, 1)).not.toEqual(await operations(8, 1));
  });
});
