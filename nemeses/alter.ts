/**
 * Faults that alter what a node runs on, clocks and slow disks alike: whose is altered, how, and what is read back of
 * each to prove it. A node may be dead or frozen meanwhile; what it runs on is altered all the same.
 */
import type { NodeId } from '../src/core/ids.ts';
import type { Random } from '../src/core/random.ts';
import type { FaultReport, Nemesis, NemesisContext } from '../src/core/seams/nemesis.ts';
import type { Capability, Cluster } from '../src/core/seams/runtime.ts';
import { attemptAll } from './attempt.ts';
import { cycle } from './cycle.ts';
import { aiming, targetNames, targetOption, victimsOf } from './targets.ts';
import type { Aim } from './targets.ts';

export interface Alteration<Fault extends object, Reading> {
  readonly family: string;
  readonly says: string;
  readonly needs: readonly Capability[];
  /** Those beside `FAMILY.target`. */
  readonly options: Readonly<Record<string, string>>;
  /** Draws faults as the options allow; refuses options that cannot be. */
  drawing(options: Readonly<Record<string, string>>): (random: Random) => Fault;
  alter(cluster: Cluster, node: NodeId, fault: Fault): Promise<void>;
  restore(cluster: Cluster, node: NodeId): Promise<void>;
  /** Looks up what there is now; as often and as long as it takes to see any fault of this kind. */
  read(cluster: Cluster, node: NodeId): Promise<Reading>;
  isAltered(reading: Reading, fault: Fault): boolean;
  isRight(reading: Reading): boolean;
}

/** The nemesis of an alteration, with targets drawn by role and quorum. */
export function alteringNemesis<Fault extends object, Reading>(
  alteration: Alteration<Fault, Reading>,
): Nemesis {
  const { family, says, needs, options } = alteration;
  return {
    family,
    says: `${says} (targets: ${targetNames.join(', ')})`,
    needs,
    options: { ...options, ...targetOption(family) },
    generator({ nodes, random, stability, options: given }: NemesisContext) {
      const fault = alteration.drawing(given);
      const aim = aiming(family, given, nodes);
      const draw = (drawn: Random): Fault & Aim => ({ ...fault(drawn), ...aim(drawn) });
      return cycle({ random, stability, draw });
    },
    async apply({ value }, cluster) {
      const fault = value as Fault & Aim;
      const { leader, victims } = await victimsOf(fault, cluster.nodes);
      const report = await changeAll(alteration, cluster, victims, {
        change: (node) => alteration.alter(cluster, node, fault),
        isChanged: (reading) => alteration.isAltered(reading, fault),
      });
      return { ...report, evidence: { leader, ...(report.evidence as object) } };
    },
    heal: (cluster) =>
      changeAll(alteration, cluster, cluster.nodes.ids, {
        change: (node) => alteration.restore(cluster, node),
        isChanged: (reading) => alteration.isRight(reading),
      }),
  };
}

interface Change<Reading> {
  readonly change: (node: NodeId) => Promise<void>;
  readonly isChanged: (reading: Reading) => boolean;
}

async function changeAll<Fault extends object, Reading>(
  alteration: Alteration<Fault, Reading>,
  cluster: Cluster,
  nodes: readonly NodeId[],
  { change, isChanged }: Change<Reading>,
): Promise<FaultReport> {
  const failures = await attemptAll(nodes, change);
  const readings = await Promise.all(
    nodes.map(async (node) => [node, await alteration.read(cluster, node)] as const),
  );
  const changed = readings.every(([, reading]) => isChanged(reading));
  return {
    outcome: changed && failures.length === 0 ? 'installed' : 'indeterminate',
    evidence: { after: Object.fromEntries(readings), failures },
  };
}
