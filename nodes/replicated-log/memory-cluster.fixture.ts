/** A cluster of replicated-log nodes under virtual time, for tests. */
import { nodeIds, type NodeId } from '../../src/core/ids.ts';
import { traceOf, type Traced, type TraceEventName } from '../../src/core/trace.ts';
import { MemoryWorld } from '../sdk/memory/world.ts';
import { replicatedLogNode } from './node.ts';
import { openSession, type ReplicatedLogSession } from './session.ts';

export interface MemoryClusterOptions {
  readonly nodes: number;
  readonly seed: number | string;
  readonly bugs?: readonly string[];
  readonly options?: Readonly<Record<string, string>>;
}

export class MemoryCluster {
  readonly world: MemoryWorld;
  readonly ids: readonly NodeId[];
  #clients = 0;

  constructor({ nodes, seed, bugs = [], options = {} }: MemoryClusterOptions) {
    this.ids = nodeIds(nodes);
    this.world = new MemoryWorld({
      seed,
      program: replicatedLogNode,
      settings: { members: this.ids, bugs, options },
    });
    this.world.startAll();
  }

  events<Name extends TraceEventName>(name: Name): Traced<Name>[] {
    return [...traceOf(this.world.trace).of(name)];
  }

  /** Who was elected last and has not stepped down or ended since, as the traces say. */
  leader(): NodeId | undefined {
    const last = this.world.trace.findLast(
      ({ event }) => event === 'leader-elected' || event === 'leader-stepped-down',
    );
    return last?.event === 'leader-elected' && this.world.isAlive(last.node)
      ? last.node
      : undefined;
  }

  /** Lets time pass until one leads that was elected after now, or leads now. */
  async elect(limitMs = 5000): Promise<NodeId> {
    await this.world.runUntil(() => this.leader() !== undefined, limitMs);
    return this.leader()!;
  }

  /** A client's session with one node. */
  session(node: NodeId): Promise<ReplicatedLogSession> {
    const opening = openSession(this.world.clientWorld(node), `c${++this.#clients}`);
    return this.world.settle(opening, 5000);
  }

  others(...but: readonly NodeId[]): NodeId[] {
    return this.ids.filter((id) => !but.includes(id));
  }

  /** Lets time pass until the call is answered; throws what it throws. */
  call<T>(call: (signal: AbortSignal) => Promise<T>, limitMs = 10_000): Promise<T> {
    return this.world.settle(call(new AbortController().signal), limitMs);
  }
}
