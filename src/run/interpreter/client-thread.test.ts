import { describe, expect, test } from 'vitest';
import { harnessError } from '../../core/errors.ts';
import { seededRandom } from '../../core/random.ts';
import { fail, info, ok } from '../../core/seams/client.ts';
import type { Completion } from '../../core/seams/client.ts';
import { limit, repeat } from '../../generator/limit.ts';
import { constant, fromFunction, once } from '../../generator/operations.ts';
import { stagger } from '../../generator/pace.ts';
import { timeLimit } from '../../generator/time-limit.ts';
import { afterMs, lines, never, Refused, timesMs, world } from './world.fixture.ts';

const read = { f: 'read', value: null };
const writes = fromFunction(seededRandom(0), (_, n) => ({ f: 'write', value: n }));
const inOrder =
  (answers: readonly Completion[]) =>
  ({ n }: { n: number }) =>
    Promise.resolve(answers[n] ?? ok());

describe('processes and clients', () => {
  test('after info the thread goes on as a fresh process with a fresh client; the old one is closed', async () => {
    const { clock, entries, clients, interpreter } = world({
      clientThreads: 3,
      answer: inOrder([info('lost')]),
    });
    await clock.until(interpreter.interpret(limit(2, constant({ ...read, thread: 1 }))));
    expect(lines(entries)).toEqual([
      '1 invoke read null',
      '1 info read lost',
      '4 invoke read null',
      '4 ok read',
    ]);
    expect(clients).toMatchObject([
      { process: 1, thread: 1, closed: true },
      { process: 4, thread: 1, closed: false },
    ]);
  });

  test('after ok and fail it stays the same process with the same client', async () => {
    const { clock, entries, clients, interpreter } = world({
      answer: inOrder([ok(1), fail('no')]),
    });
    await clock.until(interpreter.interpret(limit(3, writes)));
    expect(lines(entries)).toEqual([
      '0 invoke write 0',
      '0 ok write 1',
      '0 invoke write 1',
      '0 fail write no',
      '0 invoke write 2',
      '0 ok write',
    ]);
    expect(clients).toMatchObject([{ closed: false }]);
  });

  test('what a client throws is classified: definite is fail, anything else info', async () => {
    const thrown = [new Refused(), new Error('gone')];
    const { clock, entries, interpreter } = world({ answer: ({ n }) => Promise.reject(thrown[n]) });
    await clock.until(interpreter.interpret(repeat(2, read)));
    expect(lines(entries.filter((entry) => entry.type !== 'invoke'))).toEqual([
      '0 fail read refused',
      '0 info read lost',
    ]);
  });

  test('what a client throws of the harness itself ends the run, and is not taken for the world', async () => {
    const { clock, entries, interpreter } = world({
      answer: () => Promise.reject(harnessError('no such function')),
    });
    const interpreted = clock.until(interpreter.interpret(repeat(2, read)));
    await expect(interpreted).rejects.toThrow('no such function');
    expect(lines(entries)).toEqual(['0 invoke read null']);
  });

  test('a thrown error is never taken for ok, whatever the classification says', async () => {
    const { clock, entries, interpreter } = world({
      answer: () => Promise.reject(new Error('gone')),
      classify: () => ok(),
    });
    await clock.until(interpreter.interpret(once(read)));
    expect(lines(entries).at(-1)).toBe('0 info read gone');
  });

  test('a client that throws is replaced for the same process, unless it says that it is still open', async () => {
    const answer = () => Promise.reject(new Refused());
    const silent = world({ answer });
    await silent.clock.until(silent.interpreter.interpret(repeat(3, read)));
    expect(silent.clients.map((each) => each.process)).toEqual([0, 0, 0]);
    const open = world({ answer, isOpen: () => true });
    await open.clock.until(open.interpreter.interpret(repeat(3, read)));
    expect(open.clients).toMatchObject([{ process: 0, closed: false }]);
  });

  test('one whose connection goes between two operations is replaced before the next', async () => {
    let open = true;
    const { clock, clients, interpreter } = world({ answer: inOrder([]), isOpen: () => open });
    await clock.until(interpreter.interpret(repeat(2, read)));
    open = false;
    await clock.until(interpreter.interpret(once(read)));
    expect(clients).toMatchObject([
      { process: 0, calls: [read, read], closed: true },
      { process: 0, calls: [read], closed: true },
    ]);
  });

  test('one whose connection goes with every answer is replaced without rest', async () => {
    const { clock, entries, clients, interpreter } = world({
      answer: inOrder([]),
      isOpen: () => false,
    });
    await clock.until(interpreter.interpret(repeat(20, read)));
    expect(clients.map((each) => each.calls.length)).toEqual(clients.map(() => 1));
    expect(timesMs(entries, 'ok').at(-1)).toBe(0);
  });

  test('where no client can be opened the operation is fail, and nothing was sent', async () => {
    const { clock, entries, clients, interpreter } = world({
      answer: inOrder([]),
      openClient: () => Promise.reject(new Error('no route')),
    });
    await clock.until(interpreter.interpret(repeat(2, read)));
    expect(lines(entries)).toEqual([
      '0 invoke read null',
      '0 fail read lost',
      '0 invoke read null',
      '0 fail read lost',
    ]);
    expect(clients).toEqual([]);
  });
});

describe('timeouts', () => {
  test('an operation without an answer is info when its time is over, and its signal aborts', async () => {
    let signal: AbortSignal | undefined;
    const { clock, entries, interpreter } = world({
      answer: (call) => ((signal = call.signal), never()),
    });
    await clock.until(interpreter.interpret(once(read)));
    expect(lines(entries)).toEqual(['0 invoke read null', '0 info read timeout']);
    expect(timesMs(entries, 'info')).toEqual([1_000]);
    expect(signal?.aborted).toBe(true);
  });

  test('an answer just before is the answer, and its signal does not abort later', async () => {
    let signal: AbortSignal | undefined;
    const { clock, entries, interpreter } = world({
      answer: (call) => ((signal ??= call.signal), afterMs(clock, 999, ok('late'))),
    });
    await clock.until(interpreter.interpret(repeat(3, read)));
    expect(lines(entries)[1]).toBe('0 ok read "late"');
    expect(signal?.aborted).toBe(false);
  });

  test('a late answer is not heard, and not taken for the answer to the next operation', async () => {
    const { clock, entries, interpreter } = world({
      answer: ({ n }) => afterMs(clock, n === 0 ? 1_200 : 900, ok(n)),
    });
    await clock.until(interpreter.interpret(limit(2, writes)));
    expect(lines(entries)).toEqual([
      '0 invoke write 0',
      '0 info write timeout',
      '1 invoke write 1',
      '1 ok write 1',
    ]);
    expect(timesMs(entries, 'ok')).toEqual([1_900]);
  });

  test('a late error does not cost the client that has come in the place of the one it is from', async () => {
    const { clock, clients, interpreter } = world({
      async answer({ n }) {
        await afterMs(clock, n === 0 ? 1_100 : 300, ok());
        if (n === 0) throw new Refused();
        return fail('no');
      },
    });
    await clock.until(interpreter.interpret(repeat(5, read)));
    expect(clients.map((each) => each.calls.length)).toEqual([1, 4]);
  });

  test('each operation has its own time, though one timer serves all', async () => {
    const { clock, entries, interpreter } = world({ clientThreads: 4, answer: never });
    await clock.until(
      interpreter.interpret(limit(8, stagger(seededRandom(1), 10, constant(read)))),
    );
    const [invoked, given] = [timesMs(entries, 'invoke'), timesMs(entries, 'info')];
    expect(given.map((each) => each.toFixed(6))).toEqual(
      invoked.map((each) => (each + 1_000).toFixed(6)),
    );
  });

  test('given up while its client was still being opened it is fail; the late client is closed, unused', async () => {
    const { clock, entries, clients, interpreter, open } = world({
      answer: inOrder([]),
      async openClient(process, thread) {
        if (clients.length === 0) await afterMs(clock, 1_500, ok());
        return open(process, thread);
      },
    });
    const slow = { ...read, f: 'slow' };
    await clock.until(interpreter.interpret(limit(1, constant(slow))));
    expect(lines(entries)).toEqual(['0 invoke slow null', '0 fail slow timeout']);
    await clock.until(afterMs(clock, 1_000, ok()));
    expect(clients).toMatchObject([{ process: 0, calls: [], closed: true }]);
    await clock.until(interpreter.interpret(once(read)));
    expect(clients).toMatchObject([{ calls: [] }, { process: 0, calls: [read], closed: false }]);
  });

  test('too many calls that never return end the run as an error of the harness', async () => {
    const { clock, entries, interpreter } = world({
      answer: never,
      limits: { abandonedCallsMax: 5 },
    });
    const interpreted = clock.until(interpreter.interpret(constant(read)));
    await expect(interpreted).rejects.toThrow(/6 operations were given up/);
    expect(entries).toHaveLength(12);
    await expect(interpreter.interpret(once(read))).rejects.toThrow(/given up/);
  });

  test('calls that return when their signal aborts are not counted', async () => {
    const { clock, entries, interpreter } = world({
      answer: ({ signal }) =>
        new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
      limits: { abandonedCallsMax: 5 },
    });
    await clock.until(interpreter.interpret(repeat(50, read)));
    expect(entries).toHaveLength(100);
  });
});

describe('a thread that loses one client after another', () => {
  const firstSecond = (entries: Parameters<typeof timesMs>[0]) =>
    timesMs(entries, 'invoke').filter((each) => each < 1_000).length;

  test('rests longer and longer, up to a bound, before it opens the next', async () => {
    const { clock, entries, interpreter } = world({
      answer: inOrder([]),
      openClient: () => Promise.reject(new Refused()),
    });
    await clock.until(interpreter.interpret(timeLimit(10, constant(read))));
    expect(timesMs(entries, 'invoke').slice(0, 9)).toEqual([0, 0, 5, 15, 35, 75, 155, 315, 515]);
    expect(timesMs(entries, 'invoke').length).toBeLessThan(60);
  });

  test('so too when clients can be opened and then give no certain answer', async () => {
    const { clock, entries, interpreter } = world({ answer: () => Promise.resolve(info('lost')) });
    await clock.until(interpreter.interpret(timeLimit(10, constant(read))));
    expect(firstSecond(entries)).toBeLessThan(12);
  });

  test('rests no more once an operation went well', async () => {
    const answers = Array.from({ length: 6 }, () => info('lost'));
    const { clock, entries, interpreter } = world({ answer: inOrder(answers) });
    await clock.until(interpreter.interpret(repeat(100, read)));
    expect(timesMs(entries, 'invoke').at(-1)).toBe(timesMs(entries, 'ok')[0]);
  });

  test('the other threads go on meanwhile', async () => {
    const { clock, entries, interpreter } = world({
      clientThreads: 2,
      answer: ({ process }) =>
        process % 2 === 0 ? Promise.resolve(info('lost')) : afterMs(clock, 10, ok()),
    });
    await clock.until(interpreter.interpret(timeLimit(1, constant(read))));
    expect(entries.filter((entry) => entry.type === 'ok')).toHaveLength(100);
  });
});
