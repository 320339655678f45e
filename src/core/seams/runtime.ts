/**
 * The runtime seam: the only place that knows how nodes run. It offers nodes and links (clocks and disks where it can)
 * and says which faults it can do here.
 */
import type { Clock, MonotonicTimeMs, WallTimeMs } from '../time.ts';
import type { Link, NodeId } from '../ids.ts';
import type { Address, ConnectContext, NodeStatus, Session, System } from './system.ts';

/** What a nemesis may need. A runtime that lacks one refuses the nemesis before anything starts. */
export type Capability =
  | 'nodes.kill'
  | 'nodes.pause'
  | 'links.blackhole'
  | 'links.disconnect'
  | 'links.delay'
  | 'links.limit'
  | 'links.slice'
  | 'links.reset'
  | 'clocks.offset'
  | 'clocks.drift'
  | 'clocks.strobe'
  | 'disks.lose-power'
  | 'disks.damage'
  | 'disks.slow';

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

export interface Runtime<Started extends Cluster = Cluster> {
  readonly name: string;
  readonly capabilities: ReadonlySet<Capability>;
  /** The clock of everything that a run does and waits for, from before its start. */
  readonly clock: Clock;
  /**
   * Whether time is the runtime's own. Then a run is the same whenever it is made, and whoever only watches it must ask
   * nothing of its nodes: a question would be an event of that time.
   */
  readonly isVirtual: boolean;
  /** The date, for people: when a run began. */
  date(): Date;
  /** Starts links, then nodes; resolves when every node is ready. A failure leaves nothing running. */
  start(spec: ClusterSpec, signal: AbortSignal): Promise<Started>;
}

export interface Cluster extends AsyncDisposable {
  readonly clock: Clock;
  readonly nodes: Nodes;
  readonly links: Links;
  /** Where the runtime can do anything to them. */
  readonly clocks?: Clocks;
  readonly disks?: Disks;
  /** What served the links, for the report: `toxiproxy 2.12.0` or `embedded`. */
  readonly toxiproxy: string;
  /** Opens a client's conversation with the node, through the clients' link to it. */
  connect(told: ConnectContext): Promise<Session>;
  /** Aborted with an environment error when the ground under the cluster is gone, the container daemon say. */
  readonly lost: AbortSignal;
}

/** A cluster whose clients reach a node at an address. */
export interface AddressedCluster extends Cluster {
  /** The address of the link from the clients to the node. */
  clientAddress(node: NodeId): Address;
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

/** What a node's clocks read at one moment of true time. */
export interface ClockReading {
  readonly wallMs: WallTimeMs;
  readonly monotonicMs: MonotonicTimeMs;
  /** What the wall clock would read if nothing were done to it. */
  readonly trueMs: WallTimeMs;
}

/** The nodes' clocks. What is done to one takes the place of what was done before. The host's clock is never touched. */
export interface Clocks {
  /** The wall clock is this far ahead from now on, or behind. */
  offset(node: NodeId, offsetMs: number): Promise<void>;
  /** Both clocks run at this rate from now on, 1 being right. */
  drift(node: NodeId, rate: number): Promise<void>;
  /** The wall clock jumps ahead by `offsetMs` and back again, every `periodMs`. */
  strobe(node: NodeId, offsetMs: number, periodMs: number): Promise<void>;
  /** The wall clock is right again, and both run at the right rate. */
  heal(node: NodeId): Promise<void>;
  /** Looked up, for a node that is dead too. */
  read(node: NodeId): Promise<ClockReading>;
}

/** Damage to a dead node's disk. */
export type DiskDamage =
  /** One bit of what is on it is the other one now. */
  | { readonly kind: 'flip' }
  /** A file ends sooner than it did. */
  | { readonly kind: 'truncate'; readonly bytes: number };

/** How long a node's disk takes. */
export interface DiskReading {
  readonly syncMs: number;
  /** What a sync would take if nothing were done to the disk. */
  readonly usualSyncMs: number;
}

/** The nodes' disks. */
export interface Disks {
  /**
   * Ends the node as a power failure does: of what it had not synced nothing, a part or all is still there, and the last
   * write may be torn. Says how many bytes are gone.
   */
  losePower(node: NodeId): Promise<{ readonly bytesLost: number }>;
  /** Damages the largest file of a dead node; says which and where, or undefined where there is nothing to damage. */
  damage(node: NodeId, damage: DiskDamage): Promise<string | undefined>;
  /** A sync takes this long from now on. */
  slow(node: NodeId, syncMs: number): Promise<void>;
  /** Syncs are as fast as ever again. */
  heal(node: NodeId): Promise<void>;
  /** Looked up, for a node that is dead too. */
  read(node: NodeId): Promise<DiskReading>;
}
