import { describe, expect, test } from 'vitest';
import { ok } from '../../core/seams/client.ts';
import type { OperationSpec } from '../../core/seams/generator.ts';
import type { FaultReport } from '../../core/seams/nemesis.ts';
import { any } from '../../generator/any.ts';
import { limit } from '../../generator/limit.ts';
import { onClients, onNemesis } from '../../generator/on-threads.ts';
import { constant, once } from '../../generator/operations.ts';
import { delay } from '../../generator/pace.ts';
import { sequence } from '../../generator/sequence.ts';
import { afterMs, lines, never, timesMs, world } from './world.fixture.ts';

const start: OperationSpec = { f: 'start', value: { shape: 'halves' } };
const stop: OperationSpec = { f: 'stop', value: null };

function withNemesis(apply: (operation: OperationSpec) => Promise<FaultReport>) {
  const it = world({
    nemeses: ['kill', 'partition'],
    answer: () => afterMs(it.clock, 10, ok()),
    applyNemesis: (_, operation) => apply(operation),
  });
  return it;
}

async function applied(report: Promise<FaultReport>) {
  const { clock, entries, interpreter } = withNemesis(() => report);
  await clock.until(interpreter.interpret(onNemesis('partition', once(start))));
  expect(lines(entries)[0]).toBe('nemesis:partition invoke start {"shape":"halves"}');
  return entries[1]!;
}

describe('what a nemesis reports', () => {
  const evidence = { links: 6 };
  const value = { shape: 'halves', evidence };

  test('installed is ok, with the evidence beside what was asked', async () => {
    const report = Promise.resolve({ outcome: 'installed', evidence } as const);
    expect(await applied(report)).toMatchObject({ type: 'ok', value });
  });

  test('skipped is fail', async () => {
    const report = Promise.resolve({ outcome: 'skipped', evidence } as const);
    expect(await applied(report)).toMatchObject({ type: 'fail', error: 'skipped', value });
  });

  test('indeterminate is info', async () => {
    const report = Promise.resolve({ outcome: 'indeterminate', evidence } as const);
    expect(await applied(report)).toMatchObject({ type: 'info', error: 'indeterminate', value });
  });

  test('an error is info with its message, for a part may have been done', async () => {
    const report = Promise.reject(new Error('proxy gone'));
    expect(await applied(report)).toMatchObject({ type: 'info', error: 'proxy gone' });
  });

  test('a nemesis is never retired', async () => {
    const { clock, entries, interpreter } = withNemesis(() => Promise.reject(new Error('no')));
    await clock.until(interpreter.interpret(onNemesis('kill', limit(2, constant(start)))));
    expect(new Set(entries.map((entry) => entry.process))).toEqual(new Set(['nemesis:kill']));
  });
});

describe('the time of a nemesis', () => {
  test("is a minute, not a client's", async () => {
    const { clock, entries, interpreter } = withNemesis(never);
    await clock.until(interpreter.interpret(onNemesis('kill', once(start))));
    expect(timesMs(entries, 'info')).toEqual([60_000]);
    expect(entries[1]).toMatchObject({ error: 'timeout', value: start.value });
  });

  test('does not hold up clients, nor does a client its own', async () => {
    const { clock, entries, interpreter } = withNemesis(never);
    const reads = onClients(limit(100, constant({ f: 'read', value: null })));
    await clock.until(interpreter.interpret(any(reads, onNemesis('kill', once(start)))));
    expect(timesMs(entries, 'ok').at(-1)).toBe(1_000);
    expect(lines(entries).at(-1)).toBe('nemesis:kill info start timeout');
  });

  test('a client that hangs meanwhile still has its own time', async () => {
    const it = world({ nemeses: ['kill'], answer: never, applyNemesis: never });
    const read = onClients(delay(1, once({ f: 'read', value: null })));
    await it.clock.until(it.interpreter.interpret(any(onNemesis('kill', once(start)), read)));
    expect(timesMs(it.entries, 'info')).toEqual([1_000, 60_000]);
  });
});

describe('progress', () => {
  test('counts clients by outcome, and names the fault in force until it is known to be undone', async () => {
    const reports: FaultReport[] = [
      { outcome: 'installed', evidence: 1 },
      { outcome: 'indeterminate', evidence: 2 },
      { outcome: 'installed', evidence: 3 },
    ];
    const { clock, interpreter } = withNemesis(() => Promise.resolve(reports.shift()!));
    const apply = (operation: OperationSpec) =>
      clock.until(interpreter.interpret(onNemesis('partition', once(operation))));
    interpreter.markPhase('load');
    expect(interpreter.progress()).toMatchObject({ phase: 'load', operations: 0, faults: {} });
    await apply(start);
    const fault = { value: { shape: 'halves', evidence: 1 }, sinceNs: 0, certain: true };
    expect(interpreter.progress().faults).toEqual({ partition: fault });
    await apply(stop);
    expect(interpreter.progress().faults).toEqual({ partition: fault });
    await apply(stop);
    expect(interpreter.progress().faults).toEqual({});
  });

  test('says what is in flight', async () => {
    const { clock, interpreter } = withNemesis(never);
    const reads = sequence([limit(3, constant({ f: 'read', value: null }))]);
    const interpreted = interpreter.interpret(onClients(reads));
    expect(interpreter.progress()).toMatchObject({ operations: 1, ok: 0, inFlight: 1 });
    await clock.until(interpreted);
    expect(interpreter.progress()).toMatchObject({
      operations: 3,
      ok: 3,
      fail: 0,
      info: 0,
      inFlight: 0,
    });
  });
});
