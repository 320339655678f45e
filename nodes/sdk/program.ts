/** A node program: what a system's `main.ts` hands to the world that runs it, be it a process or virtual time. */
import type { NodeId } from '../../src/core/ids.ts';
import type { Env } from './env.ts';

/** What a node is told when it starts, apart from where things are, which is Env's business. */
export interface NodeSettings {
  /** All nodes of the cluster, this one included. Fixed for the cluster's life. */
  readonly members: readonly NodeId[];
  /** Planted bugs, `pattern/name`. */
  readonly bugs: readonly string[];
  readonly options: Readonly<Record<string, string>>;
}

/** Resolves when the node accepts connections; then it runs until the world ends it. */
export type NodeProgram = (env: Env, settings: NodeSettings) => Promise<void>;
