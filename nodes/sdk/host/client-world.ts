/** The controller's end of a conversation with a real node: TCP to an address, and the question after a node's status. */
import type { Address, NodeStatus } from '../../../src/core/seams/system.ts';
import type { ClientWorld } from '../conversation.ts';
import { statusFrame, type StatusAnswer } from '../wire.ts';
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
export function askStatus(address: Address, timeoutMs: number): Promise<NodeStatus> {
  return new Promise((resolve, reject) => {
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      connection.close();
      settle();
    };
    const failed = (why: string): void =>
      end(() => reject(new Error(`${address.host}:${address.port} told no status: ${why}`)));
    const timer = setTimeout(() => failed(`no answer in ${timeoutMs} ms`), timeoutMs);
    const connection = dial(address, {
      opened: () => void connection.send(statusFrame),
      frame(frame) {
        if (frame.kind !== 'status-answer') return;
        end(() => resolve((frame as StatusAnswer).status));
      },
      closed: failed,
    });
  });
}
