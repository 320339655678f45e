/**
 * Messages that fit a synthetic history, as a simulated network would have told them: each operation's way to the leader
 * and its replication, heartbeats, elections, and what partitions swallowed. Drawn from the seed, like the history.
 */
import type { Entry } from '../../src/core/history/entry.ts';
import { pair } from '../../src/core/history/operation.ts';
import type { Operation } from '../../src/core/history/operation.ts';
import { nodeIds } from '../../src/core/ids.ts';
import type { HostId, NodeId } from '../../src/core/ids.ts';
import { seededRandom } from '../../src/core/random.ts';
import type { Random } from '../../src/core/random.ts';
import { nsPerMs } from '../../src/core/time.ts';
import type { Message } from '../../src/store/messages.ts';
import type { SyntheticFault } from './synthetic-history.ts';

/** However long an operation waits, its messages do not. */
const latencyNsMax = 0.9 * nsPerMs;

interface Network {
  readonly nodes: readonly NodeId[];
  readonly faults: readonly SyntheticFault[];
  readonly random: Random;
}

/** Those sent from `fromNs` to `toNs`, in the order of their sending. */
export function syntheticMessages(
  seed: string,
  nodes: number,
  { entries, faults }: { entries: readonly Entry[]; faults: readonly SyntheticFault[] },
  { fromNs, toNs }: { fromNs: number; toNs: number },
): Message[] {
  const network = { nodes: nodeIds(nodes), faults, random: seededRandom(seed).fork('messages') };
  const { operations } = pair(entries);
  return [
    ...operations.flatMap((operation) => ofOperation(network, operation, entries)),
    ...beats(network, fromNs, toNs),
    ...faults.flatMap((fault) => election(network, fault)),
  ]
    .filter(({ sentNs }) => sentNs >= fromNs && sentNs <= toNs)
    .toSorted((a, b) => a.sentNs - b.sentNs);
}

const faultAt = ({ faults }: Network, timeNs: number) =>
  faults.find(({ startNs, endNs }) => timeNs >= startNs && timeNs < endNs);

/** Whoever is isolated first leads until a fault; then n5 does. */
const leaderAt = ({ faults, nodes }: Network, timeNs: number): NodeId => {
  const next = faults.find(({ startNs, endNs }) => timeNs < endNs && startNs > 0);
  return next !== undefined && timeNs < next.startNs + 1.1e9
    ? (next.isolated[0] ?? nodes[0]!)
    : nodes.at(-1)!;
};

function send(
  network: Network,
  [sentNs, arrivedNs]: readonly [number, number],
  [from, to]: readonly [HostId, HostId],
  kind: string,
  text = '',
): Message {
  const isolated = faultAt(network, sentNs)?.isolated ?? [];
  const side = (host: HostId) => host !== 'clients' && isolated.includes(host);
  const cut = from !== 'clients' && to !== 'clients' && side(from) !== side(to);
  return {
    sentNs: Math.round(sentNs),
    arrivedNs: cut ? null : Math.round(Math.max(sentNs, arrivedNs)),
    from,
    to,
    kind,
    text,
  };
}

function ofOperation(
  network: Network,
  { callNs, completeIndex, outcome, f, key, input, output }: Operation,
  entries: readonly Entry[],
): Message[] {
  const completion = completeIndex === undefined ? undefined : entries[completeIndex];
  const node = completion?.node ?? network.nodes[0]!;
  const endNs = completion?.timeNs ?? callNs;
  const leader = leaderAt(network, callNs);
  const at = (from: number, to: number) => {
    const lastsNs = endNs - callNs;
    const sentNs = callNs + from * lastsNs;
    const underWayNs = (to - from + 0.06 * network.random.fraction()) * lastsNs;
    return [sentNs, sentNs + Math.min(underWayNs, latencyNsMax)] as const;
  };
  const asked = `${f} key ${key}${f === 'write' ? ` = ${String(input)}` : ''}`;
  const text = `generation ${1 + network.faults.filter(({ startNs }) => startNs < callNs).length}, key ${key}`;
  const peers = network.nodes.filter((peer) => peer !== leader);
  const forwarded = node !== leader && outcome !== 'fail';
  return [
    send(network, at(0, 0.12), ['clients', node], 'request', asked),
    ...(forwarded ? [send(network, at(0.2, 0.28), [node, leader], 'forward', asked)] : []),
    ...(outcome === 'fail'
      ? []
      : peers.flatMap((peer) => [
          send(network, at(0.36, 0.44), [leader, peer], 'append', text),
          send(network, at(0.52, 0.62), [peer, leader], 'appended', text),
        ])),
    ...(forwarded ? [send(network, at(0.7, 0.76), [leader, node], 'forwarded', 'ok')] : []),
    ...(outcome === 'info'
      ? []
      : [
          {
            ...send(
              network,
              at(0.84, 1),
              [node, 'clients'],
              'answer',
              `${outcome} ${JSON.stringify(output ?? null)}`,
            ),
            sentNs: Math.round(endNs - Math.min(0.16 * (endNs - callNs), 0.6 * nsPerMs)),
            arrivedNs: endNs,
          },
        ]),
  ];
}

/** The leader's, every 50 ms, and their answers. */
function beats(network: Network, fromNs: number, toNs: number): Message[] {
  const messages: Message[] = [];
  for (let beatNs = fromNs; beatNs < toNs; beatNs += 50 * nsPerMs) {
    const leader = leaderAt(network, beatNs);
    for (const peer of network.nodes.filter((each) => each !== leader)) {
      const there = beatNs + (0.3 + 0.6 * network.random.fraction()) * nsPerMs;
      const beat = send(network, [beatNs, there], [leader, peer], 'beat');
      messages.push(beat);
      if (beat.arrivedNs !== null)
        messages.push(send(network, [there, there + 0.5 * nsPerMs], [peer, leader], 'beat-answer'));
    }
  }
  return messages;
}

function election(network: Network, { startNs }: SyntheticFault): Message[] {
  const candidate = network.nodes.at(-1)!;
  return network.nodes
    .filter((node) => node !== candidate)
    .flatMap((node, i) => {
      const askedNs = startNs + 1.09e9;
      const thereNs = askedNs + (0.4 + 0.2 * i) * nsPerMs;
      const asked = send(network, [askedNs, thereNs], [candidate, node], 'vote-request');
      const answer = [thereNs + 0.3 * nsPerMs, thereNs + nsPerMs] as const;
      return asked.arrivedNs === null
        ? [asked]
        : [asked, send(network, answer, [node, candidate], 'vote-answer', 'granted')];
    });
}
