import { describe, expect, test } from 'vitest';
import { systems } from '../nodes/systems.ts';
import { configSchema } from '../src/config/schema.ts';
import { settingsOf } from '../src/config/settings.ts';
import { isNemesis } from '../src/core/history/entry.ts';
import { makePlan } from '../src/run/plan.ts';
import { judgeSimulated, simulate } from '../src/run/simulate.ts';
import { nemeses } from './registry.ts';

const families = Object.keys(nemeses);
const each = families.map((family) => [family, [family]] as const);
const all = [...each, ['all of them together', families] as const];

/** A simulated run at the default settings, and its verdict. */
async function run(nemesis: readonly string[], given: object = {}) {
  const config = configSchema.parse({ runtime: 'sim', seed: '1', nemesis, ...given });
  const plan = makePlan(settingsOf(config), systems);
  const simulated = await simulate(plan, systems);
  return { simulated, verdict: await judgeSimulated(plan, simulated) };
}

describe('a simulated run of the right parts', () => {
  test.each(all)('is valid under %s, and every fault is installed and healed', async (_, names) => {
    const { simulated, verdict } = await run(names);
    expect(verdict).toMatchObject({ verdict: 'valid' });
    const reports = simulated.history.entries.filter(
      ({ process, type }) => isNemesis(process) && type !== 'invoke',
    );
    expect(new Set(reports.map(({ process }) => process)).size).toBe(names.length);
    // Beside kill and pause a fault may find its victims gone, or a node may be killed while it is being restarted.
    if (names.length === 1)
      expect(new Set(reports.map(({ type }) => type))).toEqual(new Set(['ok']));
  });
});

test('a part that answers before it has synced passes a kill, and is found by a power loss', async () => {
  const bug = ['write-ahead-log/ack-before-fsync'];
  expect((await run(['kill'], { bug })).verdict).toMatchObject({ verdict: 'valid' });
  expect((await run(['power-loss'], { bug })).verdict).toMatchObject({
    verdict: 'invalid',
    kind: 'safety',
  });
});
