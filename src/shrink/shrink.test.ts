/** The shrinker over pure predicates: no cluster, and every answer is known. */
import { describe, expect, test } from 'vitest';
import type { ScheduledOperation } from '../core/schedule.ts';
import { nsPerMs } from '../core/time.ts';
import { simPlan } from '../run/plan.fixture.ts';
import { withNodes } from './fewer-nodes.ts';
import { sizeOf, type ScheduledPlan } from './scheduled-plan.ts';
import { shrink } from './shrink.ts';

/** 600 operations on 12 keys over half a minute, with ten faults. */
function busyPlan(): ScheduledPlan {
  const operations: ScheduledOperation[] = [];
  for (let n = 0; n < 600; n++) {
    const atNs = n * 50 * nsPerMs;
    operations.push({
      atNs,
      thread: n % 10,
      f: n % 3 === 0 ? 'write' : 'read',
      key: n % 12,
      value: n,
    });
    if (n % 60 === 5)
      operations.push({
        atNs,
        thread: 'nemesis:partition',
        f: 'start',
        value: { order: ['n1', 'n2', 'n3', 'n4', 'n5'], n },
      });
    if (n % 60 === 35)
      operations.push({ atNs, thread: 'nemesis:partition', f: 'stop', value: null });
  }
  const plan = simPlan({ nodes: 5, nemesis: ['partition', 'kill'], timeLimit: 30 });
  return { ...plan, schedule: { operations, calm: true } };
}

async function shrunk(
  fails: (plan: ScheduledPlan) => boolean,
  signal = new AbortController().signal,
) {
  const passed: ScheduledPlan[] = [];
  const result = await shrink(busyPlan(), {
    nodesMin: 1,
    signal,
    onProgress: () => {},
    stillFails: async (candidate) => {
      if (fails(candidate)) return candidate;
      passed.push(candidate);
      return undefined;
    },
  });
  return { ...result, size: sizeOf(result.smallest), passed };
}

const has = ({ schedule }: ScheduledPlan, value: number): boolean =>
  schedule.operations.some((each) => each.value === value);

describe('shrinking', () => {
  test('comes down to what the failure needs: a write, a fault, a later read', async () => {
    const fails = (plan: ScheduledPlan) => {
      const { operations } = plan.schedule;
      const fault = operations.findIndex(({ f }) => f === 'start');
      const read = operations.findIndex(({ value }) => value === 400);
      return has(plan, 3) && fault >= 0 && read > fault;
    };
    const { smallest, size, isSmallest, isSmaller } = await shrunk(fails);
    expect(size).toMatchObject({ faults: 1, operations: 2, nodes: 1 });
    expect(size.seconds).toBeLessThan(0.1);
    expect({ isSmallest, isSmaller }).toEqual({ isSmallest: true, isSmaller: true });
    expect(smallest).toMatchObject({
      nemeses: ['partition'],
      concurrency: 2,
      schedule: { calm: false },
    });
    expect(fails(smallest)).toBe(true);
  });

  test('keeps what the failure needs: calm, nodes, time', async () => {
    const fails = (plan: ScheduledPlan) =>
      plan.schedule.calm && plan.nodes >= 3 && sizeOf(plan).seconds > 9;
    const { smallest, size } = await shrunk(fails);
    expect(smallest.schedule.calm).toBe(true);
    expect(size).toMatchObject({ operations: 1, faults: 0, nodes: 3 });
  });

  test('returns what it began with, where everything is needed', async () => {
    const { smallest, isSmaller } = await shrunk(() => false);
    expect(smallest).toEqual(busyPlan());
    expect(isSmaller).toBe(false);
  });

  test('never asks for the same twice', async () => {
    const { passed } = await shrunk((plan) => has(plan, 3) && has(plan, 77) && plan.nodes === 5);
    const texts = passed.map((plan) => JSON.stringify(plan));
    expect(new Set(texts).size).toBe(texts.length);
  });

  test('ends when it is told to, with the smallest so far', async () => {
    const stop = new AbortController();
    let asked = 0;
    const { smallest, isSmallest, candidates } = await shrunk((plan) => {
      if (++asked === 20) stop.abort();
      return has(plan, 3);
    }, stop.signal);
    expect(candidates).toBe(20);
    expect(isSmallest).toBe(false);
    expect(has(smallest, 3)).toBe(true);
    expect(sizeOf(smallest).operations).toBeLessThan(600);
  });
});

describe('a cluster of fewer nodes', () => {
  const plan = busyPlan();
  const smaller = withNodes(plan, ['n2', 'n3', 'n5']);

  test('has its nodes named anew wherever a fault names them', () => {
    const fault = smaller.schedule.operations.find(({ f }) => f === 'start')!;
    expect(fault.value).toEqual({ order: ['n1', 'n2', 'n3'], n: 5 });
    const alone = {
      ...plan,
      schedule: {
        calm: true,
        operations: [{ ...fault, value: { node: 'n5', also: 'n4', deep: [['n3']] } }],
      },
    };
    const [renamed] = withNodes(alone, ['n2', 'n3', 'n5']).schedule.operations;
    expect(renamed!.value).toEqual({ node: 'n3', also: 'n1', deep: [['n2']] });
  });

  test('leaves every client thread of a node that remains with it, and loses no operation', () => {
    const nodeBefore = (thread: number) => `n${(thread % 5) + 1}`;
    const nodeAfter = (thread: number) => ['n2', 'n3', 'n5'][thread % 3]!;
    expect(smaller).toMatchObject({ nodes: 3 });
    const [before, after] = [plan, smaller].map(({ schedule }) => schedule.operations);
    expect(after).toHaveLength(before!.length);
    for (const [at, { thread }] of before!.entries()) {
      if (typeof thread !== 'number' || !['n2', 'n3', 'n5'].includes(nodeBefore(thread))) continue;
      expect(nodeAfter(after![at]!.thread as number)).toBe(nodeBefore(thread));
    }
    const threads = new Set(after!.map(({ thread }) => thread));
    expect(threads.size).toBe(new Set(before!.map(({ thread }) => thread)).size);
  });
});
