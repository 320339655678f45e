/** What holds of every generator that is built from these, found by building them at random. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pair } from '../core/history/operation.ts';
import { seededRandom } from '../core/random.ts';
import { ok } from '../core/seams/client.ts';
import type { Generator } from '../core/seams/generator.ts';
import { any } from './any.ts';
import { eachThread } from './each-thread.ts';
import { flipFlop } from './flip-flop.ts';
import { limit } from './limit.ts';
import { mix } from './mix.ts';
import { onClients, onNemesis } from './on-threads.ts';
import { once } from './operations.ts';
import { delay, rate, stagger } from './pace.ts';
import { perKey } from './per-key.ts';
import { phases, synchronize } from './phases.ts';
import { sequence } from './sequence.ts';
import { askedTwice, counted, invocations, moodyAnswer, op, run } from './simulation.fixture.ts';
import { sleep, timeLimit } from './time-limit.ts';
import { filter, map } from './transform.ts';
import { untilOk } from './until-ok.ts';

/** Any tree of combinators. */
const trees = fc.letrec<{ tree: Generator }>((tie) => {
  const tree = tie('tree');
  const few = fc.array(tree, { minLength: 1, maxLength: 3 });
  const seed = fc.integer().map(seededRandom);
  return {
    tree: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      fc.constantFrom('a', 'b', 'c').map((f) => once(op(f))),
      fc.constantFrom('a', 'b', 'c').map((f) => counted(f)),
      fc.constant(sleep(0.05)),
      few.map((all) => sequence(all)),
      few.map((all) => phases(...all)),
      few.map((all) => any(...all)),
      fc.tuple(seed, few).map(([random, all]) => mix(random, all)),
      fc.tuple(fc.nat(20), tree).map(([count, g]) => limit(count, g)),
      fc.tuple(seed, tree).map(([random, g]) => stagger(random, 200, g)),
      tree.map((g) => rate(500, g)),
      tree.map((g) => delay(0.01, g)),
      tree.map((g) => timeLimit(0.2, g)),
      tree.map(synchronize),
      tree.map(eachThread),
      tree.map(untilOk),
      tree.map((g) => map((o) => ({ ...o, f: `${o.f}'` }), g)),
      tree.map((g) => filter((o) => Number(o.value) % 3 < 2, limit(50, g))),
      fc.tuple(tree, tree).map(([a, b]) => flipFlop(a, b)),
    ),
  };
}).tree;

/** Clients and a nemesis, each under a tree of its own. */
const generators = fc
  .tuple(trees, trees)
  .map(([clients, nemesis]) => any(onClients(clients), onNemesis('kill', nemesis)));

const simulated = (generator: Generator, seed: number) =>
  run(generator, {
    nemeses: ['kill'],
    answer: moodyAnswer,
    random: seededRandom(seed),
    operationsMax: 200,
    secondsMax: 20,
  });

describe('any tree of generators', () => {
  test('gives a well-formed history: one operation a process at a time, no process after its info', () => {
    fc.assert(
      fc.property(generators, fc.integer(), (generator, seed) => {
        const { entries } = simulated(generator, seed).history;
        expect(pair(entries, () => true).problems).toEqual([]);
        const retired = new Set<unknown>();
        entries.forEach((entry, i) => {
          expect(retired).not.toContain(entry.process);
          expect(entry.timeNs).toBeGreaterThanOrEqual(entries[i - 1]?.timeNs ?? 0);
          if (entry.type === 'info' && typeof entry.process === 'number')
            retired.add(entry.process);
        });
      }),
      { numRuns: 500 },
    );
  });

  test('never waits for what will not come', () => {
    fc.assert(
      fc.property(generators, fc.integer(), (generator, seed) => {
        expect(simulated(generator, seed).ended).not.toBe('stuck');
      }),
      { numRuns: 500 },
    );
  });

  test('is pure: asked twice it says the same, and what it says a second time changes nothing', () => {
    fc.assert(
      fc.property(generators, fc.integer(), (generator, seed) => {
        const plain = simulated(generator, seed);
        expect(simulated(askedTwice(generator), seed)).toEqual(plain);
        expect(simulated(generator, seed)).toEqual(plain);
      }),
      { numRuns: 500 },
    );
  });
});

function load(seed: number): Generator {
  const random = seededRandom(seed);
  const keys = perKey({
    keys: (n) => n,
    window: 4,
    operationsMax: 10,
    generator: (key) => mix(random.fork(`key ${key}`), [counted('read'), counted('write')], [2, 1]),
  });
  return onClients(timeLimit(3, stagger(random.fork('stagger'), 100, keys)));
}

const atOnce = () => ({ latencyNs: 1, completion: ok() });

const operations = (seed: number, worldSeed: number, clientThreads: number) =>
  invocations(
    run(load(seed), { clientThreads, random: seededRandom(worldSeed), answer: moodyAnswer }),
  ).map(({ f, key, value }) => ({ f, key, value }));

describe('the load of clients', () => {
  test('is the same sequence for the same seed, whatever the world answers and when', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.nat(),
        fc.nat(),
        fc.integer({ min: 1, max: 8 }),
        (seed, worldA, worldB, clientThreads) => {
          const a = operations(seed, worldA, clientThreads);
          const b = operations(seed, worldB, 5);
          const length = Math.min(a.length, b.length);
          expect(length).toBeGreaterThan(20);
          expect(a.slice(0, length)).toEqual(b.slice(0, length));
        },
      ),
      { numRuns: 50 },
    );
  });

  test('is another sequence for another seed', () => {
    expect(operations(1, 0, 3)).not.toEqual(operations(2, 0, 3));
  });

  test('leaves no thread idle for good', () => {
    const processes = invocations(run(load(1), { clientThreads: 8, answer: atOnce })).map(
      (e) => e.process,
    );
    expect(new Set(processes).size).toBe(8);
  });
});
