/** Env for a node under virtual time: what a program does goes to its world, and ends with its life. */
import type { Random } from '../../../src/core/random.ts';
import type { TraceEventName, TraceEvents } from '../../../src/core/trace.ts';
import type { Env } from '../env.ts';
import type { Files } from '../files.ts';
import type { MemoryDisk } from './disk.ts';
import type { Life } from './life.ts';
import type { MemoryNetwork } from './network.ts';
import type { NodeClock } from './node-clock.ts';

/** What one life of a node sees of its world. */
export interface Surroundings {
  readonly life: Life;
  readonly network: MemoryNetwork;
  readonly clock: NodeClock;
  readonly disk: MemoryDisk;
  readonly random: Random;
  /** How long a sync of its disk takes now. */
  readonly syncMs: () => number;
  trace<Name extends TraceEventName>(event: Name, fields: TraceEvents[Name]): void;
  log(line: string): void;
  exit(status: number): void;
}

/** What is asked of it after its life is over has no effect. */
export function nodeEnv(world: Surroundings): Env {
  const { life, network, clock } = world;
  const { timeline } = network;
  return {
    node: life.host,
    wallNow: () => clock.wallNow(),
    monotonicNow: () => clock.monotonicNow(),
    after(delayMs, callback) {
      let cancelled = false;
      const cancel = timeline.after(clock.trueDurationMs(delayMs), () =>
        life.act(() => cancelled || callback()),
      );
      return () => {
        cancelled = true;
        cancel();
      };
    },
    random: world.random,
    network: {
      listen: (accept) => Promise.resolve(network.listen(life, accept)),
      connect: (to, events) => network.dial(life, to, events),
    },
    files: filesOf(world),
    trace(event, fields) {
      if (life.state !== 'dead') world.trace(event, fields);
    },
    log: (line) => world.log(line),
    exit: (status) => world.exit(status),
  };
}

/** What a file operation takes that need not wait for the disk. */
const soonMs = 0.02;

/** One operation at a time; what a killed node has asked for and not begun is not done. */
function filesOf({ life, disk, network, syncMs }: Surroundings): Files {
  const { timeline } = network;
  let freeAtMs = 0;
  const inTurn = <T>(durationMs: number, operation: () => T): Promise<T> =>
    new Promise((resolve, reject) => {
      freeAtMs = Math.max(timeline.nowMs, freeAtMs) + durationMs;
      timeline.after(freeAtMs - timeline.nowMs, () =>
        life.act(() => {
          try {
            resolve(operation());
          } catch (error) {
            reject(error);
          }
        }),
      );
    });
  return {
    read: (name) => inTurn(soonMs, () => disk.read(name)),
    append: (name, bytes) => inTurn(soonMs, () => disk.append(name, bytes)),
    truncate: (name, length) => inTurn(soonMs, () => disk.truncate(name, length)),
    rename: (from, to) => inTurn(soonMs, () => disk.rename(from, to)),
    remove: (name) => inTurn(soonMs, () => disk.remove(name)),
    list: () => inTurn(soonMs, () => disk.list()),
    syncFile: (name) => inTurn(syncMs(), () => disk.syncFile(name)),
    syncFolder: () => inTurn(syncMs(), () => disk.syncFolder()),
  };
}
