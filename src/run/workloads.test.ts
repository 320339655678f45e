/** Every workload under the simulator: the right system passes, and one that loses what it acknowledged does not. */
import { describe, expect, test } from 'vitest';
import { systems } from '../../nodes/systems.ts';
import { workloads } from '../../workloads/registry.ts';
import { configSchema } from '../config/schema.ts';
import { settingsOf } from '../config/settings.ts';
import { makePlan } from './plan.ts';
import { judgeSimulated, simulate } from './simulate.ts';

async function judgedRun(workload: string, nemesis: string, bug: readonly string[]) {
  const given = { runtime: 'sim', workload, nemesis: [nemesis], timeLimit: 12, seed: '1', bug };
  const plan = makePlan(settingsOf(configSchema.parse(given)), systems);
  const verdict = await judgeSimulated(plan, await simulate(plan, systems));
  const judge = workloads[workload as keyof typeof workloads].judges()[0]!.checker;
  return { verdict, own: verdict.checks.find(({ checker }) => checker === judge)! };
}

describe.each(Object.keys(workloads))('%s', (workload) => {
  test('the right system passes under partitions', async () => {
    const { verdict, own } = await judgedRun(workload, 'partition', []);
    expect(verdict).toMatchObject({ verdict: 'valid' });
    expect(own).toMatchObject({ verdict: { verdict: 'valid' } });
  });

  test('its own judge finds acknowledgements that no quorum holds', async () => {
    const bug = ['request-waiting-list/reply-before-quorum'];
    const { own } = await judgedRun(workload, 'kill', bug);
    expect(own).toMatchObject({ verdict: { verdict: 'invalid', kind: 'safety' } });
  });
});
