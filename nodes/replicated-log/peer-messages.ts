/** Sorts what comes from other nodes: the log's own messages to the replica, requests that are passed on to the service. */
import type { NodeId } from '../../src/core/ids.ts';
import type { Replica } from '../patterns/leader-and-followers/replica.ts';
import type { Channel } from '../patterns/single-socket-channel/channel.ts';
import type { Gateway } from './gateway.ts';
import type { Command, Forward, PeerMessage } from './messages.ts';
import type { Service } from './service.ts';

export interface Receivers {
  readonly replica: Pick<Replica<Command>, 'receive'>;
  readonly gateway: Gateway;
  readonly service: Service;
  readonly channels: ReadonlyMap<NodeId, Channel<PeerMessage>>;
}

export function receivePeerMessage(to: Receivers, from: NodeId, message: PeerMessage): void {
  if (message.kind === 'forward') serveForward(to, from, message);
  else if (message.kind === 'forwarded') to.gateway.answered(message.request, message.reply);
  else if (message.kind === 'forward-refused')
    to.gateway.refused(message.request, message.attempt, message.code);
  else to.replica.receive(from, message);
}

function serveForward(
  { service, channels }: Receivers,
  from: NodeId,
  { request, attempt }: Forward,
): void {
  const { client, number } = request;
  const back = channels.get(from);
  service.serve(request, {
    answer: (reply) => back?.stream({ kind: 'forwarded', request: { client, number }, reply }),
    refuse: (code) =>
      back?.stream({ kind: 'forward-refused', request: { client, number }, attempt, code }),
  });
}
