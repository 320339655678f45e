/**
 * The front door: a node's one listening port. It greets whoever comes, answers probes and questions after the node's
 * status at once, and leads everybody else to the part of the node that knows their first frame.
 */
import type { NodeStatus } from '../../src/core/seams/system.ts';
import type { Env } from './env.ts';
import type { Connection, ConnectionEvents, Frame } from './network.ts';
import { probeAnswerFrame, type StatusAnswer, type Welcome } from './wire.ts';

export interface House {
  status(): NodeStatus;
  /** Takes over a connection that began with this frame, or refuses it with undefined. */
  admit(connection: Connection, first: Frame): ConnectionEvents | undefined;
}

/** Resolves when the node accepts connections. */
export async function openFrontDoor(env: Env, incarnation: number, house: House): Promise<void> {
  let connections = 0;
  await env.network.listen((connection) => {
    connections++;
    const welcome: Welcome = {
      kind: 'welcome',
      node: env.node,
      incarnation,
      connection: connections,
    };
    connection.send(welcome);
    return visitor(env, house, connection);
  });
}

function visitor(env: Env, house: House, connection: Connection): ConnectionEvents {
  let host: ConnectionEvents | undefined;
  return {
    frame(frame) {
      if (frame.kind === 'probe') connection.send(probeAnswerFrame);
      else if (frame.kind === 'status') {
        const answer: StatusAnswer = { kind: 'status-answer', status: house.status() };
        connection.send(answer);
      } else if (host === undefined) {
        host = house.admit(connection, frame);
        if (host === undefined) {
          env.log(`refused a connection that began with ${frame.kind}`);
          connection.close();
        }
      } else host.frame(frame);
    },
    closed: (why) => host?.closed(why),
  };
}
