/**
 * Faults that strike whole nodes, kill and pause alike: who is struck, what is done to each, what state proves it, and
 * how it is undone. A node that is not in the state that the fault begins from is left alone and named in the evidence.
 */
import type { NodeId } from '../src/core/ids.ts';
import type { FaultReport, Nemesis, NemesisContext } from '../src/core/seams/nemesis.ts';
import type { Capability, Cluster, Nodes, NodeState } from '../src/core/seams/runtime.ts';
import { attemptAll } from './attempt.ts';
import { cycle } from './cycle.ts';
import { choice } from './options.ts';
import { currentLeader, targetNames, targets } from './targets.ts';
import type { TargetName } from './targets.ts';

export interface Strike {
  readonly family: string;
  readonly says: string;
  readonly needs: readonly Capability[];
  /** The state that it brings a running node to. */
  readonly brings: NodeState;
  strike(nodes: Nodes, node: NodeId): Promise<void>;
  undo(nodes: Nodes, node: NodeId): Promise<void>;
}

/** What a `start` carries. */
interface StrikeFault {
  readonly target: TargetName;
  readonly order: readonly NodeId[];
}

/** The nemesis of a strike, with targets drawn by role and quorum. */
export function strikingNemesis(strike: Strike): Nemesis {
  const { family, says, needs } = strike;
  return {
    family,
    says: `${says} (targets: ${targetNames.join(', ')})`,
    needs,
    options: { [`${family}.target`]: `the targets to draw from: ${targetNames.join(', ')}` },
    generator({ nodes, random, stability, options }: NemesisContext) {
      const allowed = choice(options, `${family}.target`, targetNames);
      return cycle({
        random,
        stability,
        draw: (drawn): StrikeFault => ({
          target: drawn.fork('target').pick(allowed),
          order: drawn.fork('order').shuffle(nodes),
        }),
      });
    },
    async apply({ value }, cluster) {
      const { target, order } = value as StrikeFault;
      const leader = await currentLeader(cluster.nodes);
      return strikeAll(strike, cluster, targets[target].pick({ order, leader }), leader);
    },
    heal: (cluster) => undoAll(strike, cluster),
  };
}

async function strikeAll(
  strike: Strike,
  { nodes }: Cluster,
  victims: readonly NodeId[],
  leader: NodeId | undefined,
): Promise<FaultReport> {
  const before = await statesOf(nodes, victims);
  const running = victims.filter((node) => before[node] === 'running');
  const failures = await attemptAll(running, (node) => strike.strike(nodes, node));
  const after = await statesOf(nodes, victims);
  const evidence = { leader, before, after, failures };
  if (running.length === 0) return { outcome: 'skipped', evidence };
  const struck = running.every((node) => after[node] === strike.brings);
  return { outcome: struck ? 'installed' : 'indeterminate', evidence };
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
