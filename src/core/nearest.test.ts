import { describe, expect, test } from 'vitest';
import { nearest, nearestHint } from './nearest.ts';

const names = ['partition', 'kill', 'pause'];

describe('the nearest valid value', () => {
  test.each([
    ['partitoin', 'partition'],
    ['kil', 'kill'],
    ['paws', 'pause'],
    ['tion', 'partition'],
  ])('of %s is %s', (typed, meant) => {
    expect(nearest(typed, names)).toBe(meant);
  });

  test('of something quite different is none, and the hint lists all', () => {
    expect(nearest('earthquake', names)).toBeUndefined();
    expect(nearestHint('earthquake', names)).toBe('valid: partition, kill, pause');
  });

  test('is named first in the hint', () => {
    expect(nearestHint('kil', names)).toBe('did you mean kill? (valid: partition, kill, pause)');
  });
});
