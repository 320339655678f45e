/**
 * Cutting links and proving it, whatever the shape.
 *
 * A cut counts as installed only when Toxiproxy has it on record (the façade reads each change back) and no probe gets
 * through. A probe that stays silent because its node is dead or stopped proves nothing, and is not counted as proof;
 * one that gets through a cut link, or stays silent on a healed link between live nodes, leaves the fault indeterminate.
 */
import { clientsHost, linkName } from '../src/core/ids.ts';
import type { Link, NodeId } from '../src/core/ids.ts';
import type { FaultReport } from '../src/core/seams/nemesis.ts';
import type { Cluster, LinkFault, LinkProbe } from '../src/core/seams/runtime.ts';
import { attemptAll } from './attempt.ts';

/** Long enough for a live node on a busy machine to answer, short beside the fault itself. */
const silenceMs = 400;
const answerMs = 2000;

/** Installs the fault on every link and probes each. */
export async function cut(
  cluster: Cluster,
  links: readonly Link[],
  fault: LinkFault,
): Promise<FaultReport> {
  const failures = await attemptAll(links, (link) => cluster.links.install(link, fault));
  const probes = await Promise.all(links.map((link) => cluster.links.probe(link, silenceMs)));
  const leaking = probes
    .filter((probe) => probe.forward === 'open')
    .map((probe) => linkName(probe.link));
  const evidence = { cut: links.map(linkName), probes: summarize(probes), leaking, failures };
  return {
    outcome: leaking.length + failures.length === 0 ? 'installed' : 'indeterminate',
    evidence,
  };
}

/** Heals every link of the cluster, planned or confirmed, and probes those between live nodes. */
export async function mend(cluster: Cluster): Promise<FaultReport> {
  const failures = await attemptAll([undefined], () => cluster.links.healAll());
  const live = await liveNodes(cluster);
  const testable = cluster.links.all.filter(
    ({ from, to }) => live.has(to) && (from === clientsHost || live.has(from)),
  );
  const probes = await Promise.all(testable.map((link) => probeMended(cluster, link)));
  const silent = probes
    .filter((probe) => probe.forward !== 'open')
    .map((probe) => linkName(probe.link));
  const evidence = { probes: summarize(probes), silent, failures };
  return {
    outcome: silent.length + failures.length === 0 ? 'installed' : 'indeterminate',
    evidence,
  };
}

/** A connection can break by itself, with no fault of the link: one that ended is tried once more. What is still cut ends it again. */
async function probeMended({ links }: Cluster, link: Link): Promise<LinkProbe> {
  const seen = await links.probe(link, answerMs);
  const ended = seen.forward === 'reset' || seen.forward === 'refused';
  return ended ? links.probe(link, answerMs) : seen;
}

/** How many probes saw what, as `silent/open: 12` (forward/backward). */
function summarize(probes: readonly LinkProbe[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { forward, backward } of probes) {
    const seen = `${forward}/${backward}`;
    counts[seen] = (counts[seen] ?? 0) + 1;
  }
  return counts;
}

async function liveNodes(cluster: Cluster): Promise<ReadonlySet<NodeId>> {
  const states = await Promise.all(cluster.nodes.ids.map((node) => cluster.nodes.state(node)));
  return new Set(cluster.nodes.ids.filter((_, i) => states[i] === 'running'));
}
