/**
 * Faults that strike whole nodes, such as kill and pause: who is struck, what is done to each, what state proves it, and
 * how it is undone. A node that is not in the state that the fault begins from is left alone and named in the evidence.
 */
import type { NodeId } from '../src/core/ids.ts';
import type { FaultReport, Nemesis, NemesisContext } from '../src/core/seams/nemesis.ts';
import type { Capability, Cluster, Nodes, NodeState } from '../src/core/seams/runtime.ts';
import { attemptAll } from './attempt.ts';
import { cycle } from './cycle.ts';
import { aiming, targetNames, targetOption, victimsOf } from './targets.ts';
import type { Aim } from './targets.ts';

export interface Strike {
  readonly family: string;
  readonly says: string;
  readonly needs: readonly Capability[];
  /** The state that it brings a running node to. */
  readonly brings: NodeState;
  /** What it resolves with is evidence beside the node's state. */
  strike(cluster: Cluster, node: NodeId): Promise<object | void>;
  undo(nodes: Nodes, node: NodeId): Promise<void>;
}

/** The nemesis of a strike, with targets drawn by role and quorum. */
export function strikingNemesis(strike: Strike): Nemesis {
  const { family, says, needs } = strike;
  return {
    family,
    says: `${says} (targets: ${targetNames.join(', ')})`,
    needs,
    options: targetOption(family),
    generator: ({ nodes, random, stability, options }: NemesisContext) =>
      cycle({ random, stability, draw: aiming(family, options, nodes) }),
    async apply({ value }, cluster) {
      const { leader, victims } = await victimsOf(value as Aim, cluster.nodes);
      return strikeAll(strike, cluster, victims, leader);
    },
    heal: (cluster) => undoAll(strike, cluster),
  };
}

async function strikeAll(
  strike: Strike,
  cluster: Cluster,
  victims: readonly NodeId[],
  leader: NodeId | undefined,
): Promise<FaultReport> {
  const before = await statesOf(cluster.nodes, victims);
  const running = victims.filter((node) => before[node] === 'running');
  const struck: Record<string, object> = {};
  const failures = await attemptAll(running, async (node) => {
    const seen = await strike.strike(cluster, node);
    if (seen !== undefined) struck[node] = seen;
  });
  const after = await statesOf(cluster.nodes, victims);
  const more = Object.keys(struck).length === 0 ? {} : { struck };
  const evidence = { leader, before, after, ...more, failures };
  if (running.length === 0) return { outcome: 'skipped', evidence };
  const brought = running.every((node) => after[node] === strike.brings);
  return { outcome: brought ? 'installed' : 'indeterminate', evidence };
}

async function undoAll(strike: Strike, { nodes }: Cluster): Promise<FaultReport> {
  const before = await statesOf(nodes, nodes.ids);
  const struck = nodes.ids.filter((node) => before[node] === strike.brings);
  const failures = await attemptAll(struck, (node) => strike.undo(nodes, node));
  const after = await statesOf(nodes, struck);
  const undone = struck.every((node) => after[node] !== strike.brings);
  return {
    outcome: undone && failures.length === 0 ? 'installed' : 'indeterminate',
    evidence: { before, after, failures },
  };
}

async function statesOf(
  nodes: Nodes,
  which: readonly NodeId[],
): Promise<Record<string, NodeState>> {
  return Object.fromEntries(
    await Promise.all(which.map(async (node) => [node, await nodes.state(node)] as const)),
  );
}
