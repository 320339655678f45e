import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { linkName, majorityOf, nodeIds } from '../src/core/ids.ts';
import type { Link, NodeId } from '../src/core/ids.ts';
import { seededRandom } from '../src/core/random.ts';
import { partitionShapeNames, partitionShapes } from './partition-shapes.ts';
import type { PartitionShapeName } from './partition-shapes.ts';

const five = nodeIds(5);
const [n1, n2, n3, n4, n5] = five as [NodeId, NodeId, NodeId, NodeId, NodeId];

const names = (links: readonly Link[]) => new Set(links.map(linkName));

/** The nodes that a node still exchanges messages with, both ways, itself included. */
const reaches = (node: NodeId, order: readonly NodeId[], links: readonly Link[]) => {
  const cut = names(links);
  return order.filter(
    (other) =>
      other === node ||
      (!cut.has(linkName({ from: node, to: other })) &&
        !cut.has(linkName({ from: other, to: node }))),
  );
};

const casts = fc
  .record({ size: fc.integer({ min: 1, max: 9 }), seed: fc.string(), leads: fc.option(fc.nat()) })
  .map(({ size, seed, leads }) => {
    const order = seededRandom(seed).shuffle(nodeIds(size));
    return { order, leader: leads === null ? undefined : order[leads % size] };
  });

const eachShape = test.each(partitionShapeNames);

describe('partition shapes', () => {
  eachShape('%s cuts links between different nodes only, each once', (name) => {
    fc.assert(
      fc.property(casts, (cast) => {
        const links = partitionShapes[name].links(cast);
        expect(links.every(({ from, to }) => from !== to)).toBe(true);
        expect(names(links).size).toBe(links.length);
      }),
    );
  });

  test('halves leave a majority whole and no link across', () => {
    const links = partitionShapes.halves.links({ order: five, leader: undefined });
    expect(reaches(n1, five, links)).toEqual([n1, n2, n3]);
    expect(reaches(n4, five, links)).toEqual([n4, n5]);
  });

  test('leader-alone cuts the leader, whatever the order', () => {
    const links = partitionShapes['leader-alone'].links({ order: five, leader: n4 });
    expect(reaches(n4, five, links)).toEqual([n4]);
    expect(reaches(n1, five, links)).toEqual([n1, n2, n3, n5]);
  });

  test('leader-in-minority leaves the leader without a quorum, and the others with one', () => {
    const links = partitionShapes['leader-in-minority'].links({ order: five, leader: n5 });
    expect(reaches(n5, five, links)).toHaveLength(2);
    expect(reaches(n2, five, links)).toHaveLength(3);
  });

  test('deaf-leader is heard by all and hears nobody', () => {
    const cut = names(partitionShapes['deaf-leader'].links({ order: five, leader: n2 }));
    expect(cut).toEqual(new Set(['n1→n2', 'n3→n2', 'n4→n2', 'n5→n2']));
  });

  test('a bridge joins two halves that do not see each other', () => {
    const links = partitionShapes.bridge.links({ order: five, leader: undefined });
    expect(reaches(n1, five, links)).toEqual(five);
    expect(reaches(n2, five, links)).toEqual([n1, n2, n3]);
    expect(reaches(n4, five, links)).toEqual([n1, n4, n5]);
  });

  test.prop([fc.integer({ min: 2, max: 4 }).map((half) => half * 2 + 1)])(
    'in a ring of an odd number of nodes everyone sees a majority, and no two the same',
    (size) => {
      const order = nodeIds(size);
      const links = partitionShapes['majorities-ring'].links({ order, leader: undefined });
      const views = order.map((node) => reaches(node, order, links));
      expect(views.every((view) => view.length >= majorityOf(size))).toBe(true);
      expect(new Set(views.map((view) => view.join())).size).toBe(size);
    },
  );

  test.each<PartitionShapeName>([
    'halves',
    'one',
    'leader-alone',
    'leader-in-minority',
    'bridge',
    'majorities-ring',
  ])('%s cuts both directions of each link that it cuts', (name) => {
    const cut = names(partitionShapes[name].links({ order: five, leader: n3 }));
    for (const link of cut) expect(cut).toContain(link.split('→').toReversed().join('→'));
  });

  test('one-way and deaf-leader do not', () => {
    for (const name of ['one-way', 'deaf-leader'] as const) {
      const cut = names(partitionShapes[name].links({ order: five, leader: n3 }));
      expect([...cut].some((link) => cut.has(link.split('→').toReversed().join('→')))).toBe(false);
    }
  });
});
