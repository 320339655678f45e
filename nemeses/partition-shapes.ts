/** Partition shapes. A shape says which directed links are cut, as pure data; cut.ts installs, probes and heals any of them. */
import { majorityOf } from '../src/core/ids.ts';
import type { Link, NodeId } from '../src/core/ids.ts';
import { leaderFirst } from './targets.ts';
import type { Cast } from './targets.ts';

export interface PartitionShape {
  readonly says: string;
  /** The links to cut. */
  links(cast: Cast): Link[];
}

export const partitionShapes = {
  halves: {
    says: 'a majority is cut from a minority, drawn at random',
    links: ({ order }) => bothWays(...splitAt(order, majorityOf(order.length))),
  },
  'leader-in-minority': {
    says: 'the leader and as many others as still make no quorum are cut from the majority',
    links: (cast) =>
      bothWays(...splitAt(leaderFirst(cast), cast.order.length - majorityOf(cast.order.length))),
  },
  one: {
    says: 'one node is cut from all others',
    links: ({ order }) => bothWays(...splitAt(order, 1)),
  },
  'leader-alone': {
    says: 'the leader is cut from everyone, and everyone else keeps a majority',
    links: (cast) => bothWays(...splitAt(leaderFirst(cast), 1)),
  },
  'majorities-ring': {
    says: 'every node sees a majority, but no two see the same one',
    links: ({ order }) => {
      const reach = Math.floor(majorityOf(order.length) / 2);
      return order.flatMap((from, i) =>
        order
          .filter((_, j) => ringDistance(i, j, order.length) > reach)
          .map((to) => ({ from, to })),
      );
    },
  },
  bridge: {
    says: 'two halves that meet only in one node, which sees all',
    links: ({ order: [, ...others] }) =>
      bothWays(...splitAt(others, Math.floor(others.length / 2))),
  },
  'one-way': {
    says: 'a minority hears the majority but is not heard',
    links: ({ order }) => oneWay(...splitAt(order, order.length - majorityOf(order.length))),
  },
  'deaf-leader': {
    says: 'one way: the leader speaks but hears nobody, so heartbeats keep rivals silent while nothing commits',
    links: (cast) => {
      const [leader, others] = splitAt(leaderFirst(cast), 1);
      return oneWay(others, leader);
    },
  },
} satisfies Record<string, PartitionShape>;

export type PartitionShapeName = keyof typeof partitionShapes;
export const partitionShapeNames = Object.keys(partitionShapes) as PartitionShapeName[];

type Side = readonly NodeId[];

const splitAt = (nodes: Side, at: number): [Side, Side] => [nodes.slice(0, at), nodes.slice(at)];

/** Every link from one side to the other. */
const oneWay = (senders: Side, receivers: Side): Link[] =>
  senders.flatMap((from) => receivers.filter((to) => to !== from).map((to) => ({ from, to })));

export const bothWays = (a: Side, b: Side): Link[] => [...oneWay(a, b), ...oneWay(b, a)];

const ringDistance = (i: number, j: number, size: number): number => {
  const apart = Math.abs(i - j);
  return Math.min(apart, size - apart);
};
