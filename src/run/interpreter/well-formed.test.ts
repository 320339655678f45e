/** Whatever clients and nemeses do, the history is well-formed. Found by letting them do anything. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeHistory, encodeEntry, encodeHeader } from '../../core/history/codec.ts';
import { isClient } from '../../core/history/entry.ts';
import type { Entry } from '../../core/history/entry.ts';
import { pair } from '../../core/history/operation.ts';
import { fail, info, ok } from '../../core/seams/client.ts';
import type { Completion } from '../../core/seams/client.ts';
import { nsPerMs } from '../../core/time.ts';
import { any } from '../../generator/any.ts';
import { limit } from '../../generator/limit.ts';
import { onClients, onNemesis } from '../../generator/on-threads.ts';
import { constant, fromFunction } from '../../generator/operations.ts';
import { seededRandom } from '../../core/random.ts';
import { afterMs, never, Refused, world } from './world.fixture.ts';
import type { World } from './world.fixture.ts';

/** What a client, or the opening of one, does: answers, throws or hangs, at once, in time, or too late. */
const behaviours = fc.record({
  does: fc.constantFrom('ok', 'fail', 'info', 'refused', 'throws', 'throws at once', 'hangs'),
  ms: fc.constantFrom(0, 0, 1, 50, 99, 100, 101, 150, 400),
});
type Behaviour = typeof behaviours extends fc.Arbitrary<infer T> ? T : never;

async function behave({ clock }: World, { does, ms }: Behaviour): Promise<Completion> {
  if (does === 'hangs') return never();
  if (ms > 0) await afterMs(clock, ms, ok());
  switch (does) {
    case 'ok':
      return ok(ms);
    case 'fail':
      return fail('no');
    case 'info':
      return info('lost');
    case 'refused':
      throw new Refused();
    case 'throws':
    case 'throws at once':
      throw new Error(does);
  }
}

const writes = fromFunction(seededRandom(0), (_, n) => ({ f: 'write', value: n }));

interface Scenario {
  readonly clientThreads: number;
  readonly calls: readonly Behaviour[];
  readonly opens: readonly Behaviour[];
  readonly faults: readonly Behaviour[];
  readonly interruptMs: number;
}

const scenarios: fc.Arbitrary<Scenario> = fc.record({
  clientThreads: fc.integer({ min: 1, max: 4 }),
  calls: fc.array(behaviours, { minLength: 1, maxLength: 20 }),
  opens: fc.array(behaviours, { minLength: 1, maxLength: 6 }),
  faults: fc.array(behaviours, { minLength: 1, maxLength: 4 }),
  interruptMs: fc.integer({ min: 0, max: 2_000 }),
});

/** Two generators one after the other, the first interrupted at some time. */
async function historyOf({ clientThreads, calls, opens, faults, interruptMs }: Scenario) {
  let opened = 0;
  let applied = 0;
  const it: World = world({
    clientThreads,
    nemeses: ['kill'],
    operationTimeoutMs: 100,
    limits: { nemesisTimeoutMs: 300, interruptGraceMs: 60 },
    answer({ n }) {
      const behaviour = calls[n % calls.length]!;
      if (behaviour.does === 'throws at once') throw new Error('at once');
      return behave(it, behaviour);
    },
    async openClient(process, thread) {
      const behaviour = opens[opened++ % opens.length]!;
      await behave(it, behaviour);
      return it.open(process, thread);
    },
    async applyNemesis() {
      await behave(it, faults[applied++ % faults.length]!);
      return { outcome: 'installed', evidence: null };
    },
  });
  const generator = any(
    onClients(limit(40, writes)),
    onNemesis('kill', limit(5, constant({ f: 'start', value: null }))),
  );
  const controller = new AbortController();
  it.clock.after(interruptMs * nsPerMs, () => controller.abort());
  await it.clock.until(it.interpreter.interpret(generator, controller.signal));
  it.interpreter.markPhase('next');
  await it.clock.until(it.interpreter.interpret(generator));
  const ended = it.entries.length;
  await it.clock.until(it.interpreter[Symbol.asyncDispose]());
  // What is late comes now, and must not be heard any more.
  await it.clock.until(afterMs(it.clock, 10_000, ok()));
  expect(it.entries).toHaveLength(ended);
  return it;
}

function expectWellFormed(entries: readonly Entry[]): void {
  const actors = entries.filter((entry) => entry.process !== 'phase');
  const { problems, operations } = pair(actors, () => true);
  expect(problems).toEqual([]);
  expect(operations.every((operation) => operation.completeIndex !== undefined)).toBe(true);
  const retired = new Set<unknown>();
  let timeNs = 0;
  entries.forEach((entry, index) => {
    expect(entry.index).toBe(index);
    expect(entry.timeNs).toBeGreaterThanOrEqual(timeNs);
    expect(retired).not.toContain(entry.process);
    if (entry.type === 'info' && isClient(entry.process)) retired.add(entry.process);
    timeNs = entry.timeNs;
  });
}

test('the history is well-formed, complete, and read back as it was written', async () => {
  await fc.assert(
    fc.asyncProperty(scenarios, async (scenario) => {
      const { entries } = await historyOf(scenario);
      expectWellFormed(entries);
      const header = { format: 'dsp-history', version: 1, originNs: 0, startedAt: '' } as const;
      const text = encodeHeader(header) + entries.map(encodeEntry).join('');
      expect(decodeHistory(text, 'history').entries).toEqual(JSON.parse(JSON.stringify(entries)));
    }),
    { numRuns: 300 },
  );
}, 120_000);

test('what is recorded as fail was never sent, or was refused by its client', async () => {
  await fc.assert(
    fc.asyncProperty(scenarios, async (scenario) => {
      const { entries, clients } = await historyOf(scenario);
      const sent = new Set(clients.flatMap((each) => each.calls));
      const unsent = entries.filter(
        (entry) => entry.type === 'fail' && !['no', 'refused'].includes(entry.error!),
      );
      const values = new Set([...sent].map((operation) => operation.value));
      // Both generators write the same values, so only what neither sent can be told apart.
      const invoked = Map.groupBy(
        entries.filter((entry) => entry.type === 'invoke' && entry.f === 'write'),
        (entry) => entry.value,
      );
      for (const { value, error } of unsent) {
        expect(['timeout', 'interrupted', 'lost']).toContain(error);
        if (invoked.get(value)!.length === 1) expect(values).not.toContain(value);
      }
      expect(clients.every((each) => each.closed)).toBe(true);
    }),
    { numRuns: 300 },
  );
}, 120_000);
