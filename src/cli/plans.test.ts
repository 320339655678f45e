import { describe, expect, test } from 'vitest';
import { systems } from '../../nodes/systems.ts';
import { configSchema, type CompleteConfig, type Config } from '../config/schema.ts';
import { plansOf as plansAmong, runsOf } from './plans.ts';

const config = (given: Config) => configSchema.parse(given);
const plansOf = (complete: CompleteConfig) => plansAmong(complete, systems);

describe('the plans of repeated runs', () => {
  test('each has its own seed, and nothing else differs', () => {
    const plans = [...plansOf(config({ repeat: 3, seed: '7', nemesis: ['kill'] }))];
    expect(plans.map(({ seed }) => seed)).toEqual(['7', '8', '9']);
    expect(new Set(plans.map((plan) => JSON.stringify({ ...plan, seed: '' }))).size).toBe(1);
  });

  test('--until-fail alone goes on for ever, with --repeat no longer than that', () => {
    expect(runsOf({ repeat: 1, untilFail: true })).toBe(Number.POSITIVE_INFINITY);
    expect(runsOf({ repeat: 5, untilFail: true })).toBe(5);
    expect(runsOf({ repeat: 1, untilFail: false })).toBe(1);
  });

  test('a plan that cannot be is refused before the first run', () => {
    expect(() => plansOf(config({ system: 'no-such' }))).toThrow(/--system/);
  });
});
