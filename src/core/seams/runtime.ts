/**
 * The runtime seam: the only place that knows how nodes run. It offers nodes and links (clocks and disks where it can)
 * and says which faults it can do here.
 */
import type { Clock } from '../time.ts';
import type { Link, NodeId } from '../ids.ts';
import type { Address, NodeStatus, System } from './system.ts';

/** What a nemesis may need. A runtime that lacks one refuses the nemesis before anything starts. */
export type Capability =
  | 'nodes.kill'
  | 'nodes.pause'
  | 'links.blackhole'
  | 'links.disconnect'
  | 'links.delay'
  | 'links.limit'
  | 'links.slice'
  | 'links.reset';

export interface ClusterSpec {
  readonly system: System;
  readonly nodes: readonly NodeId[];
  readonly seed: string;
  readonly bugs: readonly string[];
  readonly options: Readonly<Record<string, string>>;
  /** Container images that stand in for others, by name; see `Plan.images`. */
  readonly images: Readonly<Record<string, string>>;
  /** The run's folder; the runtime writes `nodes/<id>/` and `toxiproxy.log` in it. */
  readonly runFolder: string;
  readonly readyTimeoutMs: number;
  /** Leave the nodes' disks in the run's folder at the end. */
  readonly keepDisks: boolean;
}

export interface Runtime {
  readonly name: string;
  readonly capabilities: ReadonlySet<Capability>;
  /** Starts links, then nodes; resolves when every node is ready. A failure leaves nothing running. */
  start(spec: ClusterSpec, signal: AbortSignal): Promise<Cluster>;
}

export interface Cluster extends AsyncDisposable {
  readonly clock: Clock;
  readonly nodes: Nodes;
  readonly links: Links;
  /** What served the links, for the report: `toxiproxy 2.12.0` or `embedded`. */
  readonly toxiproxy: string;
  /** Where clients reach a node: the address of the link from the clients to it. */
  clientAddress(node: NodeId): Address;
  /** Aborted with an environment error when the ground under the cluster is gone, the container daemon say. */
  readonly lost: AbortSignal;
}

export type NodeState = 'running' | 'paused' | 'dead';

export interface Nodes {
  readonly ids: readonly NodeId[];
  /** SIGKILL to all processes of the node; resolves when they are gone. */
  kill(node: NodeId): Promise<void>;
  pause(node: NodeId): Promise<void>;
  resume(node: NodeId): Promise<void>;
  /** Starts a dead node on its old disk; resolves when it is ready. */
  restart(node: NodeId): Promise<void>;
  /** Looked up in the operating system, not remembered. */
  state(node: NodeId): Promise<NodeState>;
  /** Asks the node itself, beside all links; undefined if it does not answer in time. */
  status(node: NodeId, timeoutMs?: number): Promise<NodeStatus | undefined>;
  /** Called for every node that ends and that nobody killed, those that did so before this call too. */
  onUnexpectedExit(listener: (node: NodeId, how: string) => void): void;
}

/** A fault of a directed link. Toxiproxy's own words and units stand in `src/links`. */
export type LinkFault =
  /** What `from` sends to `to` is swallowed in silence; connections stay open. */
  | { readonly kind: 'blackhole' }
  /** Connections from `from` to `to` are closed and new ones refused. */
  | { readonly kind: 'disconnect' }
  | { readonly kind: 'delay'; readonly latencyMs: number; readonly jitterMs: number }
  | { readonly kind: 'limit'; readonly kilobytesPerSec: number }
  | {
      readonly kind: 'slice';
      readonly bytesAverage: number;
      readonly bytesVariation: number;
      readonly delayUs: number;
    }
  | { readonly kind: 'reset'; readonly afterMs: number };

/**
 * What a probe through a link saw. `forward`: bytes from `from` reached `to` and were answered;
 * `backward`: bytes that `to` sends on accepting a connection came back. `refused`: no connection at all.
 */
export interface LinkProbe {
  readonly link: Link;
  readonly forward: ProbeResult;
  readonly backward: ProbeResult;
  readonly roundTripMs?: number;
}
export type ProbeResult = 'open' | 'silent' | 'refused' | 'reset';

export interface Links {
  readonly all: readonly Link[];
  /** Installs the fault in place of any other of that link, and reads it back. */
  install(link: Link, fault: LinkFault): Promise<void>;
  /** Undoes whatever is installed on the link. */
  heal(link: Link): Promise<void>;
  healAll(): Promise<void>;
  probe(link: Link, timeoutMs: number): Promise<LinkProbe>;
}
