/** The network of a real node: TCP, its listening port and the addresses of its links as the controller told them. */
import { createServer } from 'node:net';
import type { NodeConfig } from '../../../src/core/seams/system.ts';
import type { Network } from '../network.ts';
import { dial, FramedSocket, type SendSoon } from './framed-socket.ts';

export function hostNetwork(
  config: Pick<NodeConfig, 'listen' | 'peers'>,
  sendSoon: SendSoon,
): Network {
  return {
    listen: (accept) =>
      new Promise((resolve, reject) => {
        const server = createServer({ noDelay: true }, (socket) => {
          const connection = new FramedSocket(socket, sendSoon);
          connection.hear(accept(connection));
        });
        server.once('error', reject);
        server.listen({ host: config.listen.host, port: config.listen.port }, () => resolve());
      }),
    connect(to, events) {
      const address = config.peers[to];
      if (address === undefined) throw new Error(`there is no link to ${to}`);
      return dial(address, events, sendSoon);
    },
  };
}
