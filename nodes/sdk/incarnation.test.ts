import { expect, test } from 'vitest';
import { nextIncarnation } from './incarnation.ts';
import { loneEnv } from './memory/lone-env.fixture.ts';

test('every start on a disk has a number of its own, power failures between them or not', async () => {
  const lone = loneEnv();
  const numbers: number[] = [];
  for (const how of ['kill', 'power-loss', 'power-loss', 'kill'] as const) {
    numbers.push(await lone.settle(nextIncarnation(lone.env().files)));
    lone.restart(how);
  }
  expect(numbers).toEqual([1, 2, 3, 4]);
});
