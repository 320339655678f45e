/**
 * Whom a fault strikes, in terms of roles and quorums. The order of nodes is drawn from the seed beforehand; only who
 * leads is found out when the fault is applied.
 */
import { majorityOf } from '../src/core/ids.ts';
import type { NodeId } from '../src/core/ids.ts';
import type { Nodes } from '../src/core/seams/runtime.ts';

/** The nodes in an order drawn from the seed, and the leader, where one is known. */
export interface Cast {
  readonly order: readonly NodeId[];
  readonly leader: NodeId | undefined;
}

export const targets = {
  one: { says: 'one node, drawn at random', pick: ({ order }) => order.slice(0, 1) },
  leader: {
    says: 'the leader, or one node where none is known',
    pick: (cast) => leaderFirst(cast).slice(0, 1),
  },
  minority: {
    says: 'as many as a quorum can do without',
    pick: ({ order }) => order.slice(0, order.length - majorityOf(order.length)),
  },
  majority: {
    says: 'as many as a quorum',
    pick: ({ order }) => order.slice(0, majorityOf(order.length)),
  },
  all: { says: 'every node', pick: ({ order }) => order },
} satisfies Record<string, { says: string; pick(cast: Cast): readonly NodeId[] }>;

export type TargetName = keyof typeof targets;
export const targetNames = Object.keys(targets) as TargetName[];

/** The leader, if there is one, then the others in their order. */
export const leaderFirst = ({ order, leader }: Cast): readonly NodeId[] =>
  leader === undefined ? order : [leader, ...order.filter((node) => node !== leader)];

/** Who leads the newest generation, by the nodes' own words. */
export async function currentLeader(nodes: Nodes): Promise<NodeId | undefined> {
  const statuses = await Promise.all(nodes.ids.map((node) => nodes.status(node)));
  const leaders = statuses.filter((status) => status?.role === 'leader');
  return leaders.toSorted((a, b) => b!.generation - a!.generation)[0]?.node;
}
