/** Clients' connections: requests in, each answered on the connection that it came by, if that is still open. */
import type { Connection, ConnectionEvents, Frame } from '../sdk/network.ts';
import type { Gateway } from './gateway.ts';
import type { ClientAnswer } from './messages.ts';
import { readRequest } from './read-request.ts';

/** Takes over a connection that began with a request. */
export function admitClient(
  entrance: Gateway,
  connection: Connection,
  first: Frame,
): ConnectionEvents {
  const frame = (one: Frame): void => {
    const request = readRequest(one);
    if (request === undefined) refuse(connection, one);
    else
      entrance.take(request, (reply) => {
        const answer: ClientAnswer = { kind: 'answer', id: request.number, ...reply };
        connection.send(answer);
      });
  };
  frame(first);
  return { frame, closed: () => {} };
}

/** A frame that is no request is answered as far as it says what to call it, else it ends the connection. */
function refuse(connection: Connection, frame: Frame): void {
  if ('id' in frame && Number.isSafeInteger(frame.id)) {
    const id = frame.id as number;
    const answer: ClientAnswer = { kind: 'answer', id, ok: false, code: 'bad-request' };
    connection.send(answer);
  } else connection.close();
}
