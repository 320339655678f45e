/**
 * What everybody may say to a node at its one listening port, whatever the system.
 *
 * The node speaks first: it sends `welcome` as soon as it accepts. A client sends nothing before it, so what fails before
 * the welcome definitely did not happen. `probe` and `status` are answered at once, beside all queues.
 */
import type { NodeStatus, ProbeScript } from '../../src/core/seams/system.ts';
import type { NodeId } from '../../src/core/ids.ts';
import { encodeFrame } from './frames.ts';

export interface Welcome {
  readonly kind: 'welcome';
  readonly node: NodeId;
  /** Counts the node's starts on its disk. */
  readonly incarnation: number;
  /** Counts the connections that this incarnation accepted. With node and incarnation it names this connection for ever. */
  readonly connection: number;
}

export interface StatusAnswer {
  readonly kind: 'status-answer';
  readonly status: NodeStatus;
}

export const probeFrame = { kind: 'probe' } as const;
export const probeAnswerFrame = { kind: 'probe-answer' } as const;
export const statusFrame = { kind: 'status' } as const;

/** How a link to a node of ours is probed. */
export const probeScript: ProbeScript = { greets: true, ask: encodeFrame(probeFrame) };
