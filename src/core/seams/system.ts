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
  /** False when it has ended, so that the next operation needs another. */
  isOpen(): boolean;
  close(): Promise<void>;
};

/** What a node says of itself to the controller, which asks it directly, beside all links. */
export interface NodeStatus {
  readonly node: NodeId;
  readonly role: 'leader' | 'follower' | 'candidate' | 'member';
  readonly leader: NodeId | undefined;
  readonly generation: number;
}

/** A planted bug as the harness knows it: what is wrong, which nemeses show it, which finding names it. */
export interface BugInfo {
  /** `pattern/name`. */
  readonly id: string;
  readonly mistake: string;
  readonly shows: { readonly under: readonly string[]; readonly as: readonly string[] };
}

/** What a node does with a fresh connection, so that silence can be told from a server that waits to be spoken to. */
export interface ProbeScript {
  /** The node sends something as soon as it accepts a connection. */
  readonly greets: boolean;
  /** Bytes that make the node answer with at least one byte. */
  readonly ask: Uint8Array;
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
  /** The node program: a module that reads its NodeConfig from the `DSP_NODE` environment variable. */
  readonly program: URL;
  /** Opens a client's conversation through the given link address. `client` names the client for at-most-once delivery. */
  connect(address: Address, client: string): Promise<Session>;
  /** Whether the cluster is ready for clients, from what its nodes that answer say: a leader is known to all, say. */
  settled(statuses: readonly NodeStatus[], nodes: number): boolean;
  /** How a probe through a link makes a node speak; see `LinkProbe`. */
  readonly probe: ProbeScript;
  /** Asks a node about itself at its own address. */
  status(address: Address, timeoutMs: number): Promise<NodeStatus>;
}
