/**
 * Whom a fault strikes, in terms of roles and quorums. The order of nodes is drawn from the seed beforehand; only who
 * leads is found out when the fault is applied.
 */
import { majorityOf } from '../src/core/ids.ts';
import type { NodeId } from '../src/core/ids.ts';
import type { Random } from '../src/core/random.ts';
import type { Nodes } from '../src/core/seams/runtime.ts';
import { choice } from './options.ts';

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

/** Whom a fault is meant for, as far as the seed decides it: part of what a `start` carries. */
export interface Aim {
  readonly target: TargetName;
  readonly order: readonly NodeId[];
}

/** What the option `FAMILY.target` is and means. */
export const targetOption = (family: string): Readonly<Record<string, string>> => ({
  [`${family}.target`]: `the targets to draw from: ${targetNames.join(', ')}`,
});

/** Draws aims among the targets that the option `FAMILY.target` allows; refuses one that is not known. */
export function aiming(
  family: string,
  options: Readonly<Record<string, string>>,
  nodes: readonly NodeId[],
): (random: Random) => Aim {
  const allowed = choice(options, `${family}.target`, targetNames);
  return (random) => ({
    target: random.fork('target').pick(allowed),
    order: random.fork('order').shuffle(nodes),
  });
}

/** Whom a fault strikes that is applied now, and who leads. */
export async function victimsOf(
  { target, order }: Aim,
  nodes: Nodes,
): Promise<{ readonly leader: NodeId | undefined; readonly victims: readonly NodeId[] }> {
  const leader = await currentLeader(nodes);
  return { leader, victims: targets[target].pick({ order, leader }) };
}

/** The leader, if there is one, then the others in their order. */
export const leaderFirst = ({ order, leader }: Cast): readonly NodeId[] =>
  leader === undefined ? order : [leader, ...order.filter((node) => node !== leader)];

/** Who leads the newest generation, by the nodes' own words. */
export async function currentLeader(nodes: Nodes): Promise<NodeId | undefined> {
  const statuses = await Promise.all(nodes.ids.map((node) => nodes.status(node)));
  const leaders = statuses.filter((status) => status?.role === 'leader');
  return leaders.toSorted((a, b) => b!.generation - a!.generation)[0]?.node;
}
