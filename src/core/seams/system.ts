/**
 * The system seam: what is tested. How its nodes start, how clients speak to it, which bugs can be planted.
 * A system knows no runtime: it says what a node needs to be told, and a runtime says where that is.
 */
import type { NodeId } from '../ids.ts';

export interface Address {
  readonly host: string;
  readonly port: number;
}

/** What a node of ours is told when it starts, as JSON. */
export interface NodeConfig {
  readonly id: NodeId;
  /** Where it listens, for peers and clients alike. */
  readonly listen: Address;
  /** How it reaches each peer: the address of the link from this node to that one. */
  readonly peers: Readonly<Record<NodeId, Address>>;
  /** Whether standard input is held open by the controller, so that its end is the controller's. */
  readonly endsWithStdin: boolean;
  /** Kept across restarts. */
  readonly dataFolder: string;
  /** Where its trace events are appended, JSON lines. */
  readonly traceFile: string;
  readonly seed: string;
  /** Planted bugs, `pattern/name`; the parts they replace are said by their names. */
  readonly bugs: readonly string[];
  readonly options: Readonly<Record<string, string>>;
}

/** One value in a register, set or list: JSON that compares by its text. */
export type Value = number | string | null;

/** Every call that a workload may need, by name. A system offers some of them; what one throws, the error registry tells apart. */
export interface SessionCalls {
  get(key: string, signal: AbortSignal): Promise<Value>;
  put(key: string, value: Value, signal: AbortSignal): Promise<void>;
  /** True when the value was `from` and is now `to`. */
  'compare-and-set'(key: string, from: Value, to: Value, signal: AbortSignal): Promise<boolean>;
}
export type SessionCall = keyof SessionCalls;

/** One client's conversation with one node. */
export type Session<Call extends SessionCall = SessionCall> = Pick<SessionCalls, Call> & {
  /**
   * False when it has ended, so that the next operation needs another. One that does not say is replaced whenever a call
   * throws.
   */
  isOpen?(): boolean;
  close(): Promise<void>;
};

/** What a node says of itself to the controller, which asks it directly, beside all links. */
export interface NodeStatus {
  readonly node: NodeId;
  readonly role: 'leader' | 'follower' | 'candidate' | 'member';
  readonly leader: NodeId | undefined;
  readonly generation: number;
}

/** What brings a planted bug out, and what names it. */
export interface Showing {
  /** Nemeses, each of which is enough. */
  readonly under: readonly string[];
  /** Findings or checkers, each of which is enough. */
  readonly as: readonly string[];
  /** Options of the run without which it does not show. */
  readonly options?: Readonly<Record<string, string>>;
}

/** A planted bug as the harness knows it. */
export interface BugInfo {
  /** `pattern/name`. */
  readonly id: string;
  readonly mistake: string;
  readonly shows: Showing;
}

/** What a node does with a fresh connection, so that silence can be told from a server that waits to be spoken to. */
export interface ProbeScript {
  /** The node sends something as soon as it accepts a connection. */
  readonly greets: boolean;
  /** Bytes that make the node answer with at least one byte. */
  readonly ask: Uint8Array;
}

/** A node program of ours: a module that reads its NodeConfig from the `DSP_NODE` environment variable. */
export interface NodeProgram {
  readonly kind: 'program';
  readonly module: URL;
}

/**
 * Any server, as it is: it knows its peers only by host name and port. On each node a peer's name stands for the link to
 * that peer, so every member can be told the same names and ports.
 */
export interface Server {
  readonly kind: 'server';
  /** The image of its containers; absent for one that runs on this host only. `--image` overrules it. */
  readonly image?: string;
  /** Program and arguments; absent for what the image runs by itself. Without one it cannot run on this host. */
  command?(node: ServerNode): readonly string[];
  environment?(node: ServerNode): Readonly<Record<string, string>>;
  readonly ports: ServerPorts;
  /** The folder in its container that is its disk [/data]. */
  readonly dataFolder?: string;
}

export interface ServerPorts {
  /** Where clients connect. */
  readonly client: number;
  /** Where its peers connect; the client port is listed here too if they use it. */
  readonly peers: readonly number[];
}

/** What a server's command and environment may be made of. */
export interface ServerNode {
  readonly id: NodeId;
  /** The address to listen at: the wildcard in a container, one of its own on this host. */
  readonly listenHost: string;
  /** The host names of all members, this one included; they are the nodes' ids, in their order. */
  readonly members: readonly NodeId[];
  readonly dataFolder: string;
  readonly seed: string;
  readonly options: Readonly<Record<string, string>>;
}

export interface System {
  readonly name: string;
  /** One sentence for `dsp list`. */
  readonly says: string;
  /** The fewest nodes it runs with. */
  readonly nodesMin: number;
  readonly offers: readonly SessionCall[];
  readonly bugs: readonly BugInfo[];
  /** The names of the invariants (checkers/invariants) that its nodes' traces are judged by. */
  readonly invariants: readonly string[];
  /** What `--option NAME=VALUE` may name, and what it means. */
  readonly options: Readonly<Record<string, string>>;
  /** Throws a usage error for values of its options that cannot be; asked before anything starts. */
  checkOptions?(options: Readonly<Record<string, string>>): unknown;
  readonly node: NodeProgram | Server;
  /** Opens a client's conversation through the given link address. */
  connect(address: Address, told: ConnectContext): Promise<Session>;
  /** Whether the cluster is ready for clients, from what its nodes that answer say: a leader is known to all, say. */
  settled(statuses: readonly NodeStatus[], nodes: number): boolean;
  /** How a probe through a link makes a node speak; see `LinkProbe`. */
  readonly probe: ProbeScript;
  /** The same for the clients' links, where a server's client port speaks another language than its peers' does. */
  readonly clientProbe?: ProbeScript;
  /** Asks a node about itself at its own address, where clients connect; rejects when it has not answered in time. */
  status(address: Address, timeoutMs: number, node: NodeId): Promise<NodeStatus>;
}

/** What a client is told when it connects. */
export interface ConnectContext {
  /** Names the client among all of the run, for at-most-once delivery. */
  readonly client: string;
  readonly node: NodeId;
  readonly options: Readonly<Record<string, string>>;
}
