import { fc, test as propertyTest } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { assignLanes } from './lanes.ts';

describe('lanes', () => {
  test('a replaced process takes the lane of the retired one', () => {
    const { lanes } = assignLanes(
      [
        { process: 0, startUs: 0, endUs: 5 },
        { process: 1, startUs: 0, endUs: 90 },
        { process: 2, startUs: 6, endUs: 9 },
      ],
      2,
    );
    expect(lanes).toEqual([{ processes: [0, 2] }, { processes: [1] }]);
  });

  test('a process that overlaps its lane gets another one', () => {
    const { laneOf } = assignLanes(
      [
        { process: 0, startUs: 0, endUs: Infinity },
        { process: 2, startUs: 6, endUs: 9 },
      ],
      2,
    );
    expect(laneOf.get(2)).not.toBe(laneOf.get(0));
  });

  const lives = fc
    .uniqueArray(fc.record({ process: fc.nat(50), startUs: fc.nat(100), lastsUs: fc.nat(40) }), {
      selector: (life) => life.process,
    })
    .map((all) =>
      all.map(({ process, startUs, lastsUs }) => ({ process, startUs, endUs: startUs + lastsUs })),
    );

  propertyTest.prop([lives, fc.nat(8)])(
    'no two processes of a lane overlap',
    (all, concurrency) => {
      const { lanes, laneOf } = assignLanes(all, concurrency);
      expect(new Set(laneOf.keys())).toEqual(new Set(all.map((life) => life.process)));
      for (const { processes } of lanes) {
        const inTurn = processes.map((process) => all.find((life) => life.process === process)!);
        for (let i = 1; i < inTurn.length; i++)
          expect(inTurn[i]!.startUs).toBeGreaterThanOrEqual(inTurn[i - 1]!.endUs);
      }
    },
  );
});
