import { describe, expect, test } from 'vitest';
import { plansOfHunt, selftestOf } from '../../src/campaign/selftest.ts';
import { configSchema } from '../../src/config/schema.ts';
import { settingsOf } from '../../src/config/settings.ts';
import { judgeSimulated, simulate } from '../../src/run/simulate.ts';
import { systems } from '../systems.ts';
import { plantedBugs } from './parts.ts';

const settings = settingsOf(configSchema.parse({ runtime: 'sim', seed: '1' }));
const { hunts } = selftestOf(settings, { seeds: 100, rightSeeds: 0 }, systems);

/** The nemesis that a bug names first brings it out soonest; under all that it names, `dsp selftest` hunts it. */
const firstHunts = plantedBugs.map(({ id }) => hunts.find(({ bug }) => bug.id === id)!);

describe('a planted bug is found in simulated runs, under the nemesis and by the name that its data say', () => {
  test.each(firstHunts)('$bug.id under $nemesis', async (hunt) => {
    for (const plan of plansOfHunt(hunt)) {
      const { findings } = await judgeSimulated(plan, await simulate(plan, systems));
      if (findings.some(({ type }) => hunt.bug.shows.as.includes(type))) return;
    }
    expect.unreachable(`${hunt.bug.id} was not found`);
  });
});
