/**
 * succession: cuts each leader off soon after it was elected, and lets the one before come back.
 *
 * What goes wrong when leaders follow each other quickly, entries that one of them has brought to some members and not to
 * others, shows seldom under faults that come at any moment: a leader must fall in the moment between two of its own
 * messages. Here the moment is chosen. Figure 8 of the Raft paper is such a story, with four leaders.
 */
import type { Link, NodeId } from '../src/core/ids.ts';
import { logUniform } from '../src/core/random.ts';
import type { Nemesis, FaultReport } from '../src/core/seams/nemesis.ts';
import type { Cluster } from '../src/core/seams/runtime.ts';
import type { NodeStatus } from '../src/core/seams/system.ts';
import { nsPerMs, sleep } from '../src/core/time.ts';
import { cut, mend } from './cut.ts';
import { cycle } from './cycle.ts';
import { bothWays } from './partition-shapes.ts';

/** What a `start` carries. */
interface Succession {
  /** How long each leader leads before it is cut off, from when it is known; as many leaders. */
  readonly reignsMs: readonly number[];
  /** Whether the leader takes one other with it. */
  readonly company: readonly boolean[];
  readonly order: readonly NodeId[];
}

const leadersMin = 3;
const leadersMax = 6;
const reignMsMin = 2;
const reignMsMax = 200;
/** How soon a new leader is noticed, and how long it is waited for. */
const pollMs = 20;
const electionMsMax = 4000;

export const succession = {
  family: 'succession',
  says: 'cuts leader after leader off, soon after its election, and lets the one before come back',
  needs: ['links.blackhole'],
  options: {},

  generator: ({ nodes, random, stability }) =>
    cycle({
      random,
      stability,
      draw: (drawn): Succession => {
        const leaders = drawn.integer(leadersMin, leadersMax);
        const each = Array.from({ length: leaders }, (_, n) => drawn.fork(`leader/${n}`));
        return {
          reignsMs: each.map((one) => Math.round(logUniform(one, reignMsMin, reignMsMax))),
          company: each.map((one) => one.fork('company').chance(0.5)),
          order: drawn.fork('order').shuffle(nodes),
        };
      },
    }),

  async apply({ value }, cluster) {
    const { reignsMs, company, order } = value as Succession;
    const reigns: Reign[] = [];
    for (const [n, reignMs] of reignsMs.entries()) {
      const next = await nextLeader(cluster, reigns);
      if (next === undefined) break;
      await sleep(cluster.clock, reignMs * nsPerMs);
      reigns.push(await depose(cluster, next, company[n]! ? order : [], reigns.at(-1)));
    }
    return reportOf(reigns);
  },

  heal: mend,
} satisfies Nemesis;

/** A leader that was cut off. */
interface Reign {
  readonly leader: NodeId;
  readonly generation: number;
  readonly links: readonly Link[];
  readonly report: FaultReport;
}

/** Who leads a newer generation than those that were deposed; undefined if nobody does in time. */
async function nextLeader(
  { clock, nodes }: Cluster,
  reigns: readonly Reign[],
): Promise<NodeStatus | undefined> {
  const since = reigns.at(-1)?.generation ?? -1;
  const deadline = clock.now() + electionMsMax * nsPerMs;
  while (clock.now() < deadline) {
    const statuses = await Promise.all(nodes.ids.map((node) => nodes.status(node, pollMs * 10)));
    const found = statuses.find((each) => each?.role === 'leader' && each.generation > since);
    if (found !== undefined) return found;
    await sleep(clock, pollMs * nsPerMs);
  }
  return undefined;
}

/** Cuts the leader off from all but itself and perhaps one other; then the one before is let in again. */
async function depose(
  cluster: Cluster,
  { node: leader, generation }: NodeStatus,
  order: readonly NodeId[],
  before: Reign | undefined,
): Promise<Reign> {
  const { ids } = cluster.nodes;
  const companion = order.filter((node) => node !== leader && node !== before?.leader).slice(0, 1);
  const side = [leader, ...companion];
  const links = bothWays(
    side,
    ids.filter((node) => !side.includes(node)),
  );
  const cutting = cut(cluster, links, { kind: 'blackhole' });
  const freed = (before?.links ?? []).filter(
    (link) => !links.some((other) => sameLink(link, other)),
  );
  await Promise.all(freed.map((link) => cluster.links.heal(link)));
  return { leader, generation, links, report: await cutting };
}

const sameLink = (a: Link, b: Link): boolean => a.from === b.from && a.to === b.to;

/** Installed when at least one leader was cut off for sure. */
function reportOf(reigns: readonly Reign[]): FaultReport {
  const evidence = reigns.map(({ leader, generation, report }) => ({
    leader,
    generation,
    outcome: report.outcome,
    cut: report.evidence,
  }));
  if (reigns.length === 0) return { outcome: 'skipped', evidence: { why: 'nobody leads' } };
  const installed = reigns.some(({ report }) => report.outcome === 'installed');
  return { outcome: installed ? 'installed' : 'indeterminate', evidence };
}
