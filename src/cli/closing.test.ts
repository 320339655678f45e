import { expect, test } from 'vitest';
import { tallyLine } from './closing.ts';

test('many valid runs say what they are worth', () => {
  expect(tallyLine(new Map([['valid', 50]]))).toBe(
    '50 runs: 50 valid; at 95 % confidence fewer than 5.9 % of such runs fail',
  );
});

test('runs of which one was not valid say nothing of the kind', () => {
  const tally = new Map([
    ['valid', 49],
    ['invalid', 1],
  ] as const);
  expect(tallyLine(tally)).toBe('50 runs: 49 valid, 1 invalid');
});
