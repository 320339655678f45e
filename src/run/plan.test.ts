import { describe, expect, test } from 'vitest';
import { configSchema } from '../config/schema.ts';
import { settingsOf } from '../config/settings.ts';
import { makePlan } from './plan.ts';

const plan = (config: object) => makePlan(settingsOf(configSchema.parse({ seed: '1', ...config })));

describe('a plan', () => {
  test('is made of settings that go together', () => {
    expect(plan({ nemesis: ['partition', 'kill'], bug: ['quorum/half-is-enough'] })).toMatchObject({
      format: 'dsp-plan',
      version: 1,
      system: 'replicated-log',
      nemeses: ['partition', 'kill'],
      bugs: ['quorum/half-is-enough'],
      concurrency: 10,
      seed: '1',
    });
  });

  test('is the same for the same settings', () => {
    expect(plan({ nemesis: ['pause'] })).toEqual(plan({ nemesis: ['pause'] }));
  });

  test('of no faults is one too', () => {
    expect(plan({ nemesis: ['none'] }).nemeses).toEqual([]);
  });
});

describe('what cannot be is refused in one sentence, with what could', () => {
  test.each([
    [
      { system: 'replicated-lgo' },
      '--system: replicated-lgo is not known',
      /did you mean replicated-log\?/,
    ],
    [{ workload: 'registre' }, '--workload: registre is not known', /did you mean register\?/],
    [{ nemesis: ['partitoin'] }, '--nemesis: partitoin is not known', /did you mean partition\?/],
    [{ runtime: 'kubernetes' }, '--runtime: kubernetes is not known', /process/],
    [
      { bug: ['quorum/half'] },
      '--bug: quorum/half is not known',
      /did you mean quorum\/half-is-enough\?/,
    ],
    [
      { nemesis: ['partition'], option: { 'partition.shpae': 'one' } },
      /partition\.shpae is not an option/,
      /partition\.shape/,
    ],
    [
      { option: { 'partition.shape': 'one' } },
      /partition\.shape is not an option of this run/,
      /./,
    ],
    [
      { nemesis: ['partition'], option: { 'partition.shape': 'hlaves' } },
      /hlaves is not known/,
      /halves/,
    ],
    [{ faultSeconds: [5, 2] }, /^faultSeconds is 5 to 2/, /2 to 5/],
  ])('%j', (config, message, hint) => {
    expect(() => plan(config)).toThrow(message);
    expect(() => plan(config)).toThrow(
      expect.objectContaining({ code: 'usage', hint: expect.stringMatching(hint) as string }),
    );
  });
});
