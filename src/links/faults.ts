/**
 * A fault of a directed link, in Toxiproxy's terms: what is done to which proxies.
 *
 * What A sends to B travels in two places: upstream through the proxy A→B, on connections that A opened, and downstream
 * through the proxy B→A, on connections that B opened. A fault of the link A→B acts on both, so that nothing that A says
 * to B escapes it, and nothing that B says to A is touched by it. Its toxics bear the name of the link; so the faults of
 * A→B and of B→A stand side by side in one proxy, and each is undone alone.
 */
import { clientsHost, linkName } from '../core/ids.ts';
import type { Link } from '../core/ids.ts';
import type { LinkFault } from '../core/seams/runtime.ts';
import type { Stream, ToxicSettings, ToxicSpec } from './toxics.ts';

/** A stream of a proxy through which a link's messages travel. */
export interface Lane {
  /** The proxy's name. */
  readonly proxy: string;
  readonly stream: Stream;
}

/** The names of a link's proxies; none for what is no link, as from a node to the clients. */
export type ProxiesOf = (link: Link) => readonly string[];

/** The lanes of a link: upstream through its own proxies, downstream through those of the way back, if there is one. */
export function lanesOf(link: Link, proxiesOf: ProxiesOf): Lane[] {
  const back = wayBack(link);
  return [
    ...proxiesOf(link).map((proxy) => ({ proxy, stream: 'upstream' }) as const),
    ...(back === undefined ? [] : proxiesOf(back)).map(
      (proxy) => ({ proxy, stream: 'downstream' }) as const,
    ),
  ];
}

/** The proxies that are the link, among its lanes. */
export const ownProxies = (lanes: readonly Lane[]): readonly string[] =>
  lanes.filter(({ stream }) => stream === 'upstream').map(({ proxy }) => proxy);

/** Nobody opens a connection to the clients. */
const wayBack = ({ from, to }: Link): Link | undefined =>
  from === clientsHost ? undefined : { from: to, to: from };

/** The toxic's name on every lane: at most one fault of a link is in force. */
export const toxicName = linkName;

/** A fault that is a toxic; a disconnected link is one whose proxies are disabled. */
export type ToxicFault = Exclude<LinkFault, { readonly kind: 'disconnect' }>;

/** The toxic that is this fault of the link, on one of its lanes. */
export const toxicFor = (link: Link, fault: ToxicFault, { stream }: Lane): ToxicSpec => ({
  ...settingsFor(fault),
  name: toxicName(link),
  stream,
  toxicity: 1,
});

function settingsFor(fault: ToxicFault): ToxicSettings {
  switch (fault.kind) {
    case 'blackhole':
      return { type: 'timeout', attributes: { timeout: 0 } };
    case 'delay':
      return {
        type: 'latency',
        attributes: { latency: fault.latencyMs, jitter: fault.jitterMs },
      };
    case 'limit':
      return { type: 'bandwidth', attributes: { rate: fault.kilobytesPerSec } };
    case 'slice':
      return {
        type: 'slicer',
        attributes: {
          average_size: fault.bytesAverage,
          size_variation: fault.bytesVariation,
          delay: fault.delayUs,
        },
      };
    case 'reset':
      return { type: 'reset_peer', attributes: { timeout: fault.afterMs } };
  }
}
