import { describe, expect, test } from 'vitest';
import { limit, repeat } from './limit.ts';
import { mix } from './mix.ts';
import { counted, forever, functions, invocations, op, random, run } from './simulation.fixture.ts';
import { seededRandom } from '../core/random.ts';

const shares = (simulated: ReturnType<typeof run>, f: string): number => {
  const all = invocations(simulated);
  return all.filter((entry) => entry.f === f).length / all.length;
};

const order = (seed: number) =>
  functions(run(limit(50, mix(seededRandom(seed), [forever('a'), forever('b')]))));

describe('mix', () => {
  test('blends in proportion to the weights', () => {
    const blend = mix(random, [forever('a'), forever('b'), forever('c')], [6, 3, 1]);
    const simulated = run(limit(5_000, blend));
    expect(shares(simulated, 'a')).toBeCloseTo(0.6, 1);
    expect(shares(simulated, 'b')).toBeCloseTo(0.3, 1);
    expect(shares(simulated, 'c')).toBeCloseTo(0.1, 1);
  });

  test('another seed gives another order; the same seed the same', () => {
    expect(order(1)).toBe(order(1));
    expect(order(1)).not.toBe(order(2));
  });

  test('one that is done is left out, and the blend ends with the last', () => {
    const simulated = run(mix(random, [repeat(3, op('a')), limit(40, counted('b'))]));
    expect(simulated.ended).toBe('done');
    expect(shares(simulated, 'a')).toBeCloseTo(3 / 43);
    expect(invocations(simulated)).toHaveLength(43);
  });

  test('a weight of 0 is refused, for what can never be drawn would never end', () => {
    expect(() => mix(random, [forever('a')], [0])).toThrow(RangeError);
  });
});
