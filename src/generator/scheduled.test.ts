import { describe, expect } from 'vitest';
import { fc, test } from '@fast-check/vitest';
import type { ScheduledOperation } from '../core/schedule.ts';
import { ok } from '../core/seams/client.ts';
import { nsPerMs } from '../core/time.ts';
import { scheduled, secondsOf } from './scheduled.ts';
import { askedTwice, invocations, moodyAnswer, run } from './simulation.fixture.ts';
import type { Simulated } from './simulate.ts';

const at = (ms: number, thread: ScheduledOperation['thread'], f: string): ScheduledOperation => ({
  atNs: ms * nsPerMs,
  thread,
  f,
  value: null,
});

const told = (simulated: Simulated): string[] =>
  invocations(simulated).map(({ timeNs, process, f }) => `${timeNs / nsPerMs} ${process} ${f}`);

const answerAfter = (ms: number) => () => ({ latencyNs: ms * nsPerMs, completion: ok(null) });

describe('a schedule', () => {
  test('is played at its times, by its threads, a nemesis among them', () => {
    const operations = [at(0, 1, 'a'), at(5, 'nemesis:kill', 'start'), at(30, 0, 'b')];
    const simulated = run(scheduled(operations), {
      nemeses: ['kill'],
      answer: answerAfter(1),
    });
    expect(told(simulated)).toEqual(['0 1 a', '5 nemesis:kill start', '30 0 b']);
    expect(simulated.ended).toBe('done');
    expect(secondsOf(operations)).toBe(0.03);
  });

  test('waits for a thread that is held up, and for no other', () => {
    const operations = [at(0, 0, 'a'), at(10, 0, 'b'), at(20, 1, 'c'), at(30, 0, 'd')];
    const simulated = run(scheduled(operations), { answer: answerAfter(50) });
    expect(told(simulated)).toEqual(['0 0 a', '20 1 c', '50 0 b', '100 0 d']);
  });

  test('keeps the order of one moment, where the thread that is first is freed at that moment only', () => {
    const operations = [at(0, 0, 'a'), at(10, 0, 'b'), at(10, 1, 'c')];
    const simulated = run(scheduled(operations), { answer: answerAfter(10) });
    expect(told(simulated)).toEqual(['0 0 a', '10 0 b', '10 1 c']);
  });

  test('does not keep it for ever, where that thread is not freed', () => {
    const operations = [at(0, 0, 'a'), at(10, 0, 'b'), at(10, 1, 'c')];
    const simulated = run(scheduled(operations), { answer: answerAfter(20) });
    expect(told(simulated)).toEqual(['0 0 a', `${10 + 1 / nsPerMs} 1 c`, '20 0 b']);
  });

  test('of nothing is done at once', () => {
    expect(run(scheduled([])).ended).toBe('done');
  });

  const anyOperations = fc
    .array(fc.record({ atNs: fc.nat(200 * nsPerMs), thread: fc.nat(2), f: fc.string() }))
    .map((list) =>
      list.map((each) => ({ ...each, value: null })).toSorted((a, b) => a.atNs - b.atNs),
    );

  test.prop([anyOperations])('whatever the world answers, nothing is left out', (operations) => {
    const simulated = run(askedTwice(scheduled(operations)), { answer: moodyAnswer });
    expect(simulated.ended).toBe('done');
    for (const thread of [0, 1, 2]) {
      const asked = invocations(simulated).filter(({ process }) => Number(process) % 3 === thread);
      const wanted = operations.filter((each) => each.thread === thread);
      expect(asked.map(({ f }) => f)).toEqual(wanted.map(({ f }) => f));
      expect(asked.every(({ timeNs }, n) => timeNs >= wanted[n]!.atNs)).toBe(true);
    }
  });
});
