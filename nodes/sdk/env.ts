/**
 * Env: the only way in which a node program touches the world.
 *
 * A real process gets `host/`; tests and the simulator get `memory/`, where time is virtual and a seed repeats a run. Node code that keeps to Env therefore has no hidden time and no hidden chance. It may rely on the order of frames
 * within one connection and of operations on one file, and on no other order: everything else may come at any moment.
 */
import type { NodeId } from '../../src/core/ids.ts';
import type { Random } from '../../src/core/random.ts';
import type { Cancel, MonotonicTimeMs, WallTimeMs } from '../../src/core/time.ts';
import type { TraceEventName, TraceEvents } from '../../src/core/trace.ts';
import type { Files } from './files.ts';
import type { Network } from './network.ts';

export type { MonotonicTimeMs } from '../../src/core/time.ts';

export interface Env {
  readonly node: NodeId;
  /** The date as this node believes it; may be wrong, and may jump. Never measure a timeout with it. */
  wallNow(): WallTimeMs;
  monotonicNow(): MonotonicTimeMs;
  /** Calls back once, `delayMs` from now by the monotonic clock or as soon after as possible; never before it returns. */
  after(delayMs: number, callback: () => void): Cancel;
  readonly random: Random;
  readonly network: Network;
  readonly files: Files;
  /** Says something about this node, for the checkers; stamped with true time by the world, not by the node. */
  trace<Name extends TraceEventName>(event: Name, fields: TraceEvents[Name]): void;
  /** One line for people. */
  log(line: string): void;
  /** Ends the node with this exit status, after what it traced is kept. */
  exit(status: number): void;
}
