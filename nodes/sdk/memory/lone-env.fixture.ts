/** The Env of a single node in a world of its own, for tests of one part. */
import { nodeId, nodeIds, type NodeId } from '../../../src/core/ids.ts';
import type { Env } from '../env.ts';
import { MemoryWorld } from './world.ts';

export interface LoneEnv {
  readonly world: MemoryWorld;
  readonly node: NodeId;
  /** The Env of the present life. */
  readonly env: () => Env;
  /** Ends the node, its disk keeping what it wrote or, without power, what it synced; then starts it again. */
  restart(how: 'kill' | 'power-loss'): void;
  /** Lets time pass until the promise settles. */
  settle<T>(promise: Promise<T>): Promise<T>;
}

export function loneEnv(seed: number | string = 1): LoneEnv {
  const node = nodeId(1);
  let env: Env | undefined;
  const world = new MemoryWorld({
    seed,
    settings: { members: nodeIds(1), bugs: [], options: {} },
    program: (given) => {
      env = given;
      return Promise.resolve();
    },
  });
  world.start(node);
  return {
    world,
    node,
    env: () => env!,
    restart(how) {
      if (how === 'kill') world.kill(node);
      else world.losePower(node);
      world.start(node);
    },
    settle: (promise) => world.settle(promise, 60_000),
  };
}
