/** The controller's end of a conversation with a real node: TCP to an address, and the question after a node's status. */
import type { Address, NodeStatus } from '../../../src/core/seams/system.ts';
import { askStatus } from '../ask-status.ts';
import type { ClientWorld } from '../conversation.ts';
import { dial } from './framed-socket.ts';

export function hostClientWorld(address: Address): ClientWorld {
  return {
    dial: (events) => dial(address, events),
    after(delayMs, callback) {
      const timer = setTimeout(callback, delayMs);
      return () => clearTimeout(timer);
    },
  };
}

/** Asks the node at this address about itself; rejects when it has not answered after `timeoutMs`. */
export const askStatusAt = (address: Address, timeoutMs: number): Promise<NodeStatus> =>
  askStatus(hostClientWorld(address), `${address.host}:${address.port}`, timeoutMs);
