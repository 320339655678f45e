import { describe, expect, test } from 'vitest';
import { makeChecker } from '../checkers/registry.ts';
import type { Entry } from '../src/core/history/entry.ts';
import { seededRandom } from '../src/core/random.ts';
import type { Workload } from '../src/core/seams/workload.ts';
import { simulate } from '../src/generator/simulate.ts';
import { workloads } from './registry.ts';
import { verdictOver } from './store.fixture.ts';
import type { Mistake } from './store.fixture.ts';

const all = Object.entries<Workload>(workloads);

const asked = (workload: Workload, seed: string, world: string): Entry[] =>
  simulate({
    generator: workload.generator({ random: seededRandom(seed), concurrency: 10, options: {} }),
    clientThreads: 10,
    random: seededRandom(world),
    operationsMax: 500,
  }).history.entries.filter(({ type }) => type === 'invoke');

const what = ({ f, key, value }: Entry) => ({ f, key, value });

describe.each(all)('%s', (name, workload) => {
  test('has its own name, performs all that it asks, and is judged by checkers that there are', () => {
    expect(workload.name).toBe(name);
    for (const spec of workload.judges()) expect(makeChecker(spec).name).toBe(spec.checker);
  });

  test('the same seed asks the same operations, however long the answers take', () => {
    const slow = asked(workload, 'a', 'slow').map(what);
    expect(slow).toEqual(asked(workload, 'a', 'quick').map(what));
    expect(slow.length).toBe(500);
  });

  test('a right store passes', async () => {
    expect(await verdictOver(workload, 'none')).toBe('valid');
  });
});

/** What each is there to show. */
const shows: readonly [string, readonly Mistake[]][] = [
  ['register', ['forgets-a-change', 'shows-an-old-value']],
  ['set', ['forgets-a-change', 'shows-an-old-value', 'swaps-and-denies-it']],
  ['counter', ['forgets-a-change', 'shows-an-old-value', 'swaps-and-denies-it']],
  ['unique-ids', ['forgets-a-change']],
  ['queue', ['forgets-a-change']],
  ['log', ['forgets-a-change', 'swaps-and-denies-it']],
  ['session', ['forgets-a-change', 'shows-an-old-value']],
];

describe.each(shows)('%s shows a store that', (name, mistakes) => {
  test.each(mistakes)('%s', async (mistake) => {
    const workload: Workload = workloads[name as keyof typeof workloads];
    expect(await verdictOver(workload, mistake)).toBe('invalid (safety)');
  });
});

test('every workload is there to show something', () => {
  expect(shows.map(([name]) => name)).toEqual(Object.keys(workloads));
});
