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

const endsReign = new Set(['leader-stepped-down', 'started']);

/** Its nodes are started with it. */
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
    const elected = this.world.trace.findLastIndex(({ event }) => event === 'leader-elected');
    if (elected < 0) return undefined;
    const { node } = this.world.trace[elected]!;
    const isOver = this.world.trace
      .slice(elected)
      .some((each) => each.node === node && endsReign.has(each.event));
    return isOver || !this.world.isAlive(node) ? undefined : node;
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
