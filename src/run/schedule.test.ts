/** A schedule that is taken from a run and played gives the run again. */
import { describe, expect, test } from 'vitest';
import { systems } from '../../nodes/systems.ts';
import type { Entry } from '../core/history/entry.ts';
import { scheduleOf, type ScheduledOperation } from '../core/schedule.ts';
import { simPlan } from './plan.fixture.ts';
import { judgeSimulated, simulate } from './simulate.ts';

const loadOf = (entries: readonly Entry[]): readonly Entry[] => {
  const mark = (name: string) =>
    entries.findIndex(({ process, f }) => process === 'phase' && f === name);
  return entries.slice(mark('load'), mark('heal'));
};

const phasesOf = (entries: readonly Entry[]): string[] =>
  entries.filter(({ process }) => process === 'phase').map(({ f }) => f);

describe('a schedule taken from a simulated run', () => {
  test.each([
    ['partitions', { nemesis: ['partition'], timeLimit: 15, nodes: 5 }],
    ['all faults', { nemesis: ['partition', 'kill', 'pause'], timeLimit: 15, nodes: 5 }],
    [
      'all faults, other draws',
      { nemesis: ['partition', 'kill', 'pause'], timeLimit: 15, seed: '2' },
    ],
    ['as fast as clients go', { nemesis: ['kill'], timeLimit: 3, rate: 'max' }],
    [
      'a world that is slow and loses connections',
      {
        nemesis: ['pause'],
        timeLimit: 8,
        seed: '3',
        option: { 'sim.slow-share': '0.1', 'sim.losses-per-hour': '3000' },
      },
    ],
    ['no faults', { timeLimit: 3 }],
  ])('gives the same load, entry by entry: %s', async (_, config) => {
    const plan = simPlan(config);
    const recorded = await simulate(plan, systems);
    const { entries } = recorded.history;
    const schedule = scheduleOf(entries, plan.concurrency);
    const again = await simulate({ ...plan, schedule }, systems);
    expect(loadOf(again.history.entries)).toEqual(loadOf(entries));
    expect(scheduleOf(again.history.entries, plan.concurrency)).toEqual(schedule);
    expect(schedule.operations.length).toBeGreaterThan(100);
  });

  test('gives another where an operation is missing', async () => {
    const plan = simPlan();
    const { entries } = (await simulate(plan, systems)).history;
    const { operations } = scheduleOf(entries, plan.concurrency);
    const schedule = { operations: operations.slice(1), calm: true };
    const again = await simulate({ ...plan, schedule }, systems);
    expect(loadOf(again.history.entries)).not.toEqual(loadOf(entries));
  });
});

describe('a run of a schedule', () => {
  const write: ScheduledOperation = { atNs: 0, thread: 0, f: 'write', key: 'a', value: 1 };

  test('heals and ends there, where no calm is asked for', async () => {
    const plan = { ...simPlan(), schedule: { operations: [write], calm: false } };
    const run = await simulate(plan, systems);
    expect(phasesOf(run.history.entries)).toEqual(['set-up', 'load', 'heal', 'done']);
    const calm = await simulate(
      { ...plan, schedule: { operations: [write], calm: true } },
      systems,
    );
    expect(phasesOf(calm.history.entries)).toContain('recover');
  });

  test('is valid though it says little, and unknown where nothing of it took hold', async () => {
    const plan = { ...simPlan(), schedule: { operations: [write], calm: false } };
    const verdictOf = async (asked: typeof plan) =>
      judgeSimulated(asked, await simulate(asked, systems));
    expect(await verdictOf(plan)).toMatchObject({ verdict: 'valid' });
    const refused = { ...write, f: 'compare-and-set', value: [7, 8] };
    const vain = { ...plan, schedule: { operations: [refused], calm: false } };
    expect(await verdictOf(vain)).toMatchObject({ verdict: 'unknown', reason: 'vacuous' });
  });
});
