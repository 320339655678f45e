/** The controller's question after a node's status, in whatever world the node lives. */
import type { NodeStatus } from '../../src/core/seams/system.ts';
import type { ClientWorld } from './conversation.ts';
import { statusFrame, type StatusAnswer } from './wire.ts';

/** Rejects when the node has not answered after `timeoutMs`; `where` names it for people. */
export function askStatus(
  world: ClientWorld,
  where: string,
  timeoutMs: number,
): Promise<NodeStatus> {
  return new Promise((resolve, reject) => {
    const end = (settle: () => void): void => {
      cancel();
      connection.close();
      settle();
    };
    const failed = (why: string): void =>
      end(() => reject(new Error(`${where} told no status: ${why}`)));
    const cancel = world.after(timeoutMs, () => failed(`no answer in ${timeoutMs} ms`));
    const connection = world.dial({
      opened: () => void connection.send(statusFrame),
      frame(frame) {
        if (frame.kind !== 'status-answer') return;
        end(() => resolve((frame as StatusAnswer).status));
      },
      closed: failed,
    });
  });
}
