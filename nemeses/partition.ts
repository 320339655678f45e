/**
 * partition: cuts links between nodes, in a shape drawn for each fault, by silence or by refusal.
 *
 * Silence (`blackhole`) is what a dropped cable does: connections stay open and nothing arrives. Refusal (`disconnect`)
 * closes them. Clients' links are left alone: a client still talks to its own node, which is how a stale one is caught.
 */
import type { NodeId } from '../src/core/ids.ts';
import type { Nemesis, NemesisContext } from '../src/core/seams/nemesis.ts';
import { cut, mend } from './cut.ts';
import { cycle } from './cycle.ts';
import { choice } from './options.ts';
import { partitionShapeNames, partitionShapes } from './partition-shapes.ts';
import type { PartitionShapeName } from './partition-shapes.ts';
import { currentLeader } from './targets.ts';

const modes = ['blackhole', 'disconnect'] as const;

/** What a `start` carries. */
interface PartitionFault {
  readonly shape: PartitionShapeName;
  readonly mode: (typeof modes)[number];
  readonly order: readonly NodeId[];
}

export const partition = {
  family: 'partition',
  says: `cuts links between nodes (shapes: ${partitionShapeNames.join(', ')}; modes: ${modes.join(', ')})`,
  needs: ['links.blackhole', 'links.disconnect'],
  options: {
    'partition.shape': `the shapes to draw from: ${partitionShapeNames.join(', ')}`,
    'partition.mode': `the modes to draw from: ${modes.join(', ')}`,
  },

  generator({ nodes, random, stability, options }: NemesisContext) {
    const shapes = choice(options, 'partition.shape', partitionShapeNames);
    const chosenModes = choice(options, 'partition.mode', modes);
    return cycle({
      random,
      stability,
      draw: (drawn): PartitionFault => ({
        shape: drawn.fork('shape').pick(shapes),
        mode: drawn.fork('mode').pick(chosenModes),
        order: drawn.fork('order').shuffle(nodes),
      }),
    });
  },

  async apply({ value }, cluster) {
    const { shape, mode, order } = value as PartitionFault;
    const leader = await currentLeader(cluster.nodes);
    const links = partitionShapes[shape].links({ order, leader });
    if (links.length === 0)
      return {
        outcome: 'skipped',
        evidence: { why: `${shape} cuts no link of ${order.length} nodes` },
      };
    const report = await cut(cluster, links, { kind: mode });
    return { ...report, evidence: { leader, ...(report.evidence as object) } };
  },

  heal: mend,
} satisfies Nemesis;
