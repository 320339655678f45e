import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { campaignOf } from '../../test/support/campaign.ts';
import { plannedRuns, runKey, runsPlanned, type Campaign } from './campaign.ts';
import { remaining } from './run-campaign.ts';

const keysOf = (campaign: Campaign): string[] =>
  Array.from(plannedRuns(campaign), ({ cell, plan }) => runKey(cell.name, plan.seed));

const sizes = { cells: fc.integer({ min: 1, max: 7 }), seeds: fc.integer({ min: 1, max: 40 }) };

describe('the runs of a campaign', () => {
  test('are every cell under the first seed, then under the second', () => {
    expect(keysOf(campaignOf({ cells: 2, seeds: 2, first: '9' }))).toEqual([
      '9 cell-1',
      '9 cell-2',
      '10 cell-1',
      '10 cell-2',
    ]);
  });

  test('have their own seeds in their plans, and nothing else that the cell has not', () => {
    const campaign = campaignOf({ cells: 1, seeds: 3, first: 'night' });
    const [first, second] = plannedRuns(campaign);
    expect(first!.plan).toEqual(campaign.cells[0]!.plan);
    expect(second!.plan).toEqual({ ...campaign.cells[0]!.plan, seed: 'night-2' });
  });

  property.prop([sizes.cells, sizes.seeds])('are all different', (cells, seeds) => {
    const keys = keysOf(campaignOf({ cells, seeds }));
    expect(new Set(keys).size).toBe(cells * seeds);
  });
});

describe('shards', () => {
  property.prop([sizes.cells, sizes.seeds, fc.integer({ min: 1, max: 9 })])(
    'make every run once, all together',
    (cells, seeds, of) => {
      const whole = campaignOf({ cells, seeds });
      const shards = Array.from({ length: of }, (_, at) =>
        keysOf({ ...whole, shard: { index: at + 1, of } }),
      );
      expect(shards.flat().toSorted()).toEqual(keysOf(whole).toSorted());
    },
  );

  property.prop([sizes.cells, sizes.seeds, fc.integer({ min: 1, max: 9 })])(
    'are even: no cell has two runs more in one than in another',
    (cells, seeds, of) => {
      const whole = campaignOf({ cells, seeds });
      const planned = Array.from({ length: of }, (_, at) =>
        runsPlanned({ ...whole, shard: { index: at + 1, of } }),
      );
      for (const { name } of whole.cells) {
        const runs = planned.map((each) => each.get(name)!);
        expect(Math.max(...runs) - Math.min(...runs)).toBeLessThanOrEqual(1);
      }
    },
  );

  property.prop([sizes.cells, sizes.seeds, fc.integer({ min: 1, max: 9 })])(
    'are counted as they are made',
    (cells, seeds, of) => {
      const campaign = { ...campaignOf({ cells, seeds }), shard: { index: of, of } };
      const runs = [...plannedRuns(campaign)];
      for (const [name, planned] of runsPlanned(campaign))
        expect(runs.filter(({ cell }) => cell.name === name)).toHaveLength(planned);
    },
  );
});

property.prop([sizes.cells, sizes.seeds, fc.infiniteStream(fc.boolean())])(
  'a campaign that is gone on with makes what has no row, and each run once in all',
  (cells, seeds, coins) => {
    const campaign = campaignOf({ cells, seeds });
    const before = keysOf(campaign).filter(() => coins.next().value);
    const after = Array.from(remaining(campaign, new Set(before)), ({ cell, plan }) =>
      runKey(cell.name, plan.seed),
    );
    expect([...before, ...after].toSorted()).toEqual(keysOf(campaign).toSorted());
  },
);
