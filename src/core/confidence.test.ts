import { fc, test as property } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { confidenceSentence, failureRateMax } from './confidence.ts';

test.each([
  [1, '95 %'],
  [50, '5.9 %'],
  [250, '1.2 %'],
  [1000, '0.30 %'],
  [2000, '0.15 %'],
  [100_000, '0.0030 %'],
])('%i runs without a failure say: fewer than %s fail', (runs, percent) => {
  expect(confidenceSentence(runs)).toBe(
    `at 95 % confidence fewer than ${percent} of such runs fail`,
  );
});

property.prop([fc.integer({ min: 1, max: 1_000_000 })])(
  'at the rate that is named, so many runs without a failure are as rare as one in twenty',
  (runs) => {
    expect((1 - failureRateMax(runs)) ** runs).toBeCloseTo(0.05, 6);
  },
);

property.prop([fc.integer({ min: 1, max: 1_000_000 })])('no rate is named too low', (runs) => {
  const named = Number(/than ([\d.]+) %/.exec(confidenceSentence(runs))?.[1]);
  expect(named / 100).toBeGreaterThanOrEqual(failureRateMax(runs) - 1e-12);
});
