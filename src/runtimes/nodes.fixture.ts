/** Nodes that are launched when a test says so, answer when it says so, and end when it says so; nothing runs. */
import type { NodeId } from '../core/ids.ts';
import type { NodeState } from '../core/seams/runtime.ts';
import type { System } from '../core/seams/system.ts';
import type { Launch, RunningNode } from './nodes.ts';

/** One node that was launched. */
export interface StagedNode extends RunningNode {
  readonly node: NodeId;
  readonly now: () => NodeState;
  /** Whether it answers the controller. */
  answers: boolean;
  /** It ends by itself. */
  end(how: string): void;
}

/** Where nodes are launched, and seen. */
export interface Stage {
  readonly launch: Launch;
  readonly system: System;
  /** All that were ever launched, in their order. */
  readonly launched: readonly StagedNode[];
  /** Those of them that live. */
  alive(): readonly NodeId[];
}

/** A launch lasts as long as `cue` does, fails if it does, and gives a node that answers at once if it says so. */
export function openStage(cue: (node: NodeId) => Promise<boolean> = async () => true): Stage {
  const launched: StagedNode[] = [];
  return {
    launched,
    alive: () => launched.filter(({ now }) => now() !== 'dead').map(({ node }) => node),
    async launch(node) {
      const answers = await cue(node);
      const staged = stagedNode(node, launched.length, answers);
      launched.push(staged);
      return staged;
    },
    system: {
      name: 'staged',
      says: 'nodes of a test',
      nodesMin: 1,
      offers: [],
      bugs: [],
      invariants: [],
      options: {},
      node: { kind: 'server', ports: { client: 1, peers: [2] } },
      connect: () => Promise.reject(new Error('a staged node has no clients')),
      settled: () => true,
      probe: { greets: false, ask: new Uint8Array([1]) },
      async status({ port }, _timeoutMs, node) {
        const asked = launched[port]!;
        if (!asked.answers || asked.now() !== 'running') throw new Error('no answer');
        return { node, role: 'member', leader: undefined, generation: port };
      },
    },
  };
}

/** Its port says which launch it came of. */
function stagedNode(node: NodeId, port: number, answers: boolean): StagedNode {
  let state: NodeState = 'running';
  const { promise: ended, resolve } = Promise.withResolvers<string>();
  const end = (how: string) => {
    state = 'dead';
    resolve(how);
  };
  return {
    node,
    now: () => state,
    answers,
    end,
    address: { host: 'staged', port },
    ended,
    state: async () => state,
    kill: async () => end('SIGKILL'),
    pause: async () => void (state = 'paused'),
    resume: async () => void (state = 'running'),
  };
}
