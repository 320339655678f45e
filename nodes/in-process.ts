/**
 * Node programs that one process can hold whole, with how a client speaks to them: every program of ours, by the name of
 * its system, for a world that is not the host.
 */
import type { Session } from '../src/core/seams/system.ts';
import { replicatedLogNode } from './replicated-log/node.ts';
import { openSession } from './replicated-log/session.ts';
import type { ClientWorld } from './sdk/conversation.ts';
import type { NodeProgram } from './sdk/program.ts';

export interface InProcessSystem {
  readonly program: NodeProgram;
  /** Opens a client's conversation with the node that the world leads to. */
  readonly connect: (world: ClientWorld, client: string) => Promise<Session>;
}

export const inProcess: Readonly<Record<string, InProcessSystem>> = {
  'replicated-log': { program: replicatedLogNode, connect: openSession },
};
