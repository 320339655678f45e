/** Clocks and disks of a simulated world, in the runtime seam's words. */
import type { NodeId } from '../../core/ids.ts';
import { harnessError } from '../../core/errors.ts';
import { seededRandom } from '../../core/random.ts';
import type { Clocks, Disks } from '../../core/seams/runtime.ts';
import type { WallTimeMs } from '../../core/time.ts';
import { virtualEpochMs } from '../../../nodes/sdk/memory/node-clock.ts';
import type { MemoryWorld } from '../../../nodes/sdk/memory/world.ts';

export const simulatedClocks = (world: MemoryWorld): Clocks => ({
  offset: async (node, offsetMs) => world.clock(node).offset(offsetMs),
  drift: async (node, rate) => world.clock(node).drift(rate),
  strobe: async (node, offsetMs, periodMs) => world.clock(node).strobe(offsetMs, periodMs),
  heal: async (node) => world.clock(node).heal(),
  read: async (node) => ({
    wallMs: world.clock(node).wallNow(),
    monotonicMs: world.clock(node).monotonicNow(),
    trueMs: (virtualEpochMs + world.timeline.nowMs) as WallTimeMs,
  }),
});

/** `kill` is told of a node that has ended, so that its end counts as asked for. */
export function simulatedDisks(
  world: MemoryWorld,
  seed: string,
  kill: (node: NodeId) => Promise<void>,
): Disks {
  const random = seededRandom(seed).fork('disk-damage');
  return {
    async losePower(node) {
      // At once: a restart that is waiting for its turn must not come between the node's end and its disk's loss.
      const bytesLost = world.losePower(node);
      await kill(node);
      return { bytesLost };
    },
    async damage(node, damage) {
      if (world.isAlive(node)) throw harnessError(`the disk of ${node} is in use`);
      return world.disk(node).damage(random, damage);
    },
    slow: async (node, syncMs) => world.slowDisk(node, syncMs),
    heal: async (node) => world.slowDisk(node),
    read: async (node) => world.diskReading(node),
  };
}
