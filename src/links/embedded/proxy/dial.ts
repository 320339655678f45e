/** Opening the connection to the upstream server, for a client that waits. */
import { Socket, connect } from 'node:net';
import { parseHostPort } from '../go/address.ts';

/** A client that waits for its upstream. */
export interface Dialling {
  /** Gives up, and closes both. */
  destroy(): void;
}

export interface DialHandlers {
  /** Both are open; the upstream's socket is paused. */
  onOpen(upstream: Socket): void;
  /** The client has been closed. */
  onRefused(why: Error): void;
}

/** Connects to `address` (host:port, looked up now). There is no time limit but the system's. */
export function dial(address: string, client: Socket, handlers: DialHandlers): Dialling {
  const upstream = upstreamSocket(address);
  let why = new Error('the proxy was stopped');
  // What goes wrong with a socket shows in its close; an error without a listener would end the process.
  client.on('error', () => {});
  upstream.on('error', (error) => (why = error));

  const onClose = () => {
    client.destroy();
    handlers.onRefused(why);
  };
  upstream.once('close', onClose);
  upstream.once('connect', () => {
    if (client.destroyed) return void upstream.destroy();
    upstream.off('close', onClose);
    upstream.pause();
    handlers.onOpen(upstream);
  });
  return {
    destroy() {
      upstream.destroy();
      client.destroy();
    },
  };
}

/** An address that is none refuses as one that nobody listens on. */
function upstreamSocket(address: string): Socket {
  const options = { allowHalfOpen: true, noDelay: true };
  try {
    const { host = 'localhost', port } = parseHostPort(address);
    return connect({ ...options, host, port });
  } catch (error) {
    return new Socket(options).destroy(error as Error);
  }
}
