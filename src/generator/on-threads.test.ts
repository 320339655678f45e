import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../core/random.ts';
import { fail, ok } from '../core/seams/client.ts';
import type { Generator } from '../core/seams/generator.ts';
import { nsPerSecond } from '../core/time.ts';
import { any } from './any.ts';
import { eachThread } from './each-thread.ts';
import { limit, repeat } from './limit.ts';
import { onClients, onNemesis, onThreads } from './on-threads.ts';
import { once } from './operations.ts';
import { phases } from './phases.ts';
import { reserve } from './reserve.ts';
import { nothing, passOn } from './step.ts';
import { forever, functions, invocations, moodyAnswer, op, run } from './simulation.fixture.ts';

const processesOf = (f: string, simulated: ReturnType<typeof run>) =>
  new Set(
    invocations(simulated)
      .filter((entry) => entry.f === f)
      .map((entry) => entry.process),
  );

describe('who takes an operation', () => {
  const nemeses = ['kill', 'partition'];

  test('clients and nemeses keep to their own threads', () => {
    const both = any(
      onClients(forever('read')),
      onNemesis('partition', forever('start')),
      onNemesis('kill', forever('stop')),
    );
    const simulated = run(limit(100, both), { nemeses });
    expect(processesOf('read', simulated)).toEqual(new Set([0, 1, 2]));
    expect(processesOf('start', simulated)).toEqual(new Set(['nemesis:partition']));
    expect(processesOf('stop', simulated)).toEqual(new Set(['nemesis:kill']));
  });

  test('without them any thread takes it, nemeses too', () => {
    expect(processesOf('read', run(limit(100, forever('read')), { nemeses })).size).toBe(5);
  });

  test('a barrier behind one of them waits for its threads alone', () => {
    const calls = phases(once(op('a')), once(op('b')));
    const simulated = run(any(onClients(calls), onNemesis('kill', once(op('start')))), {
      nemeses,
      answer: ({ f }) => ({ latencyNs: f === 'start' ? 9 * nsPerSecond : 1, completion: ok() }),
    });
    expect(simulated.history.entries.at(-1)).toMatchObject({ f: 'start', type: 'ok' });
  });

  test('behind one of them a generator is told only of what its own threads do', () => {
    const untilAnyOk = (generator: Generator): Generator => ({
      step: (context) => passOn(generator.step(context), untilAnyOk),
      update: (_, entry) => (entry.type === 'ok' ? nothing : untilAnyOk(generator)),
    });
    const both = any(
      onClients(untilAnyOk(forever('read'))),
      onNemesis('kill', limit(3, forever('start'))),
    );
    const simulated = run(both, {
      nemeses,
      answer: ({ f }) => ({ latencyNs: 1_000, completion: f === 'start' ? ok() : fail('no') }),
      operationsMax: 100,
    });
    expect(invocations(simulated)).toHaveLength(100);
    expect(simulated.ended).toBe('limit');
  });

  test('a thread that is not there is an error at once', () => {
    expect(() => run(onNemesis('clock', forever('start')), { nemeses })).toThrow(
      /wants a nemesis:clock thread/,
    );
    expect(() => run(onThreads((thread) => thread === 9, forever('a')))).toThrow(/chosen thread/);
  });
});

describe('reserve', () => {
  test('keeps the threads of each kind apart, whatever they answer', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const simulated = run(
          limit(
            300,
            reserve(
              [
                [2, forever('write')],
                [3, forever('scan')],
              ],
              forever('read'),
            ),
          ),
          { clientThreads: 7, answer: moodyAnswer, random: seededRandom(seed) },
        );
        const threads = (f: string) =>
          new Set([...processesOf(f, simulated)].map((process) => Number(process) % 7));
        expect(threads('write')).toEqual(new Set([0, 1]));
        expect(threads('scan')).toEqual(new Set([2, 3, 4]));
        expect(threads('read')).toEqual(new Set([5, 6]));
      }),
    );
  });

  test('a kind that hangs leaves the others theirs', () => {
    const simulated = run(reserve([[2, forever('hang')]], repeat(50, op('read'))), {
      answer: ({ f }) => ({ latencyNs: f === 'hang' ? 1e15 : 1, completion: ok() }),
    });
    expect(invocations(simulated).filter((entry) => entry.f === 'read')).toHaveLength(50);
  });

  test('more threads than there are is an error', () => {
    expect(() => run(reserve([[3, forever('a')]], forever('b')))).toThrow(/remaining thread/);
  });
});

describe('each thread', () => {
  test('does the whole work on its own thread', () => {
    const simulated = run(eachThread(repeat(4, op('a'))), { answer: moodyAnswer });
    const perThread = Object.groupBy(invocations(simulated), (e) => Number(e.process) % 3);
    expect(Object.values(perThread).map((entries) => entries?.length)).toEqual([4, 4, 4]);
    expect(simulated.ended).toBe('done');
  });

  test('one that fails does not hold up the others', () => {
    const work = eachThread(phases(once(op('a')), once(op('b'))));
    const simulated = run(work, {
      answer: (_, __, n) => ({ latencyNs: n === 0 ? 1e12 : 1, completion: fail('no') }),
    });
    expect(functions(simulated)).toBe('a a a b b b');
    expect(simulated.history.entries.at(-1)!.f).toBe('b');
  });
});
