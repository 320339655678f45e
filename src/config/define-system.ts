/**
 * How a `dsp.config.ts` defines a user's own server, in few words. What these words come to is made elsewhere
 * (`src/own-systems`), where the file and the name of the system are known, so that every mistake can be named by its place.
 */
import type {
  Address,
  ConnectContext,
  NodeStatus,
  ServerNode,
  SessionCall,
  SessionCalls,
} from '../core/seams/system.ts';

/** A server, as it is. Give an image, a command, or both: without a command it runs in containers only. */
export interface SystemDefinition {
  /** One sentence for `dsp list`. */
  readonly says?: string;
  /** The image of its containers. `--image NAME=IMAGE` overrules it. */
  readonly image?: string;
  /** Program and arguments; what the image runs by itself if absent. */
  readonly command?: readonly string[] | ((node: ServerNode) => readonly string[]);
  readonly environment?: Environment | ((node: ServerNode) => Environment);
  /** Where it listens for clients, and where its members reach each other: the client port unless others are named. */
  readonly ports: { readonly client: number; readonly peers?: readonly number[] };
  /** The folder in its container that is its disk [/data]. */
  readonly dataFolder?: string;
  /** What `--option NAME=VALUE` may name, and what it means. */
  readonly options?: Readonly<Record<string, string>>;
  /** The fewest nodes it runs with [1]. */
  readonly nodesMin?: number;
  /** The calls that its sessions have; a workload needs some of them. */
  readonly offers: readonly SessionCall[];
  /** Opens a client's conversation with one node, through the link at the address. */
  connect(address: Address, told: ConnectContext): Awaitable<OwnSession>;
  /** Ready unless it returns false or throws; by default a node is ready when it answers `clientProbe`. */
  ready?(address: Address, asked: Asked): unknown;
  /**
   * Who leads, by the node's own word, and since which generation: for faults that strike leaders, and for the report. The
   * cluster counts as settled when every node names the same leader.
   */
  status?(address: Address, asked: Asked): Awaitable<OwnStatus>;
  /** Whether the cluster is ready for clients, where every node's answer and one leader are not what that means. */
  settled?(statuses: readonly NodeStatus[], nodes: number): boolean;
  /** How to make a node speak at its peers' port [an HTTP request]. */
  readonly probe?: Probe;
  /** The same at its client port, if that speaks another language [probe]. */
  readonly clientProbe?: Probe;
}

export type Environment = Readonly<Record<string, string>>;

/**
 * A conversation with one node. A call that throws a `SessionError` is told apart by its code; whatever else `put` or
 * `compare-and-set` throws may have happened, and a `get` that throws has had no effect.
 */
export type OwnSession = Partial<SessionCalls> & SessionEnd;

interface SessionEnd {
  /** False when it has ended, so that the next operation needs another; replaced after every throw if absent. */
  isOpen?(): boolean;
  close?(): unknown;
}

/** Who is asked, and how long an answer is waited for. */
export interface Asked {
  readonly node: string;
  readonly signal: AbortSignal;
}

export interface OwnStatus {
  /** A host name of the cluster: `n1`. Absent while none is known. */
  readonly leader?: string | undefined;
  /** Of two that believe to lead, the one with the higher generation is taken for the leader [0]. */
  readonly generation?: number;
}

export interface Probe {
  /** What makes the node answer with at least one byte. */
  readonly ask: string | Uint8Array;
  /** The node sends something as soon as it accepts a connection [false]. */
  readonly greets?: boolean;
}

export type Awaitable<T> = T | Promise<T>;

/** Types a definition: its sessions have the calls that it offers. It is checked when the file is loaded. */
export const defineSystem = <const Call extends SessionCall>(
  definition: DefinitionOffering<Call>,
): SystemDefinition => definition;

interface DefinitionOffering<Call extends SessionCall> extends Omit<
  SystemDefinition,
  'offers' | 'connect'
> {
  readonly offers: readonly Call[];
  connect(address: Address, told: ConnectContext): Awaitable<Pick<SessionCalls, Call> & SessionEnd>;
}
