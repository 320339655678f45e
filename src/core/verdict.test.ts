import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { combine, describeVerdict, invalid, unknown, valid } from './verdict.ts';
import type { Verdict } from './verdict.ts';

const all: Verdict[] = [
  valid,
  unknown('vacuous'),
  unknown('undecided'),
  unknown('assumption-broken'),
  unknown('torn'),
  unknown('budget'),
  unknown('disputed'),
  invalid('liveness'),
  invalid('safety'),
];
const verdicts = fc.constantFrom(...all);

describe('combining verdicts', () => {
  test.prop([fc.array(verdicts)])('a safety violation is hidden by nothing', (others) => {
    expect(combine([...others, invalid('safety')])).toEqual(invalid('safety'));
  });

  test.prop([fc.array(verdicts)])('is valid only when all are', (each) => {
    expect(combine(each).verdict === 'valid').toBe(
      each.every(({ verdict }) => verdict === 'valid'),
    );
  });

  test.prop([fc.array(verdicts), fc.array(verdicts)])(
    'order and grouping do not matter',
    (a, b) => {
      expect(combine([combine(a), combine(b)])).toEqual(combine([...b, ...a]));
    },
  );

  test('invalid is worse than unknown, and unknown worse than valid', () => {
    expect(combine([unknown('budget'), invalid('liveness')])).toEqual(invalid('liveness'));
    expect(combine([valid, unknown('vacuous')])).toEqual(unknown('vacuous'));
  });
});

test('a verdict is described with its kind or reason', () => {
  expect(all.map(describeVerdict)).toEqual([
    'valid',
    'unknown (vacuous)',
    'unknown (undecided)',
    'unknown (assumption-broken)',
    'unknown (torn)',
    'unknown (budget)',
    'unknown (disputed)',
    'invalid (liveness)',
    'invalid (safety)',
  ]);
});
