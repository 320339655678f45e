/** A listening socket for a proxy's clients. They are handed over paused, so that what they send waits in the kernel. */
import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:net';
import { networkError } from '../errors.ts';
import type { TcpAddress } from '../go/address.ts';
import {
  AddressError,
  formatTcpAddress,
  isWildcard,
  listenErrorText,
  resolveTcpAddress,
} from '../go/address.ts';

export interface Listener {
  /** As the system gave it: with the port that was chosen, where 0 was asked for. */
  readonly address: string;
  /** Refuses clients from now on; resolves when every client that it accepted is closed. */
  close(): Promise<void>;
}

/** As many as may wait to be accepted; the kernel may allow fewer. */
const backlog = 4096;

export interface ListenerEvents {
  readonly onClient: (client: Socket) => void;
  /** A client could not be accepted: too many files are open, say. Others will be. */
  readonly onError: (error: Error) => void;
}

/** Listens; throws an ApiError with the real server's text when that cannot be. */
export async function listen(text: string, events: ListenerEvents): Promise<Listener> {
  const address = await resolved(text);
  const server = createServer(
    { allowHalfOpen: true, pauseOnConnect: true, noDelay: true },
    events.onClient,
  );
  try {
    const host = isWildcard(address) ? {} : { host: address.host };
    server.listen({ ...host, port: address.port, backlog, exclusive: true });
    await once(server, 'listening');
  } catch (error) {
    throw networkError(listenErrorText(address, error));
  }
  server.on('error', events.onError);
  const bound = server.address() as AddressInfo;
  return {
    address: formatTcpAddress({ host: bound.address, port: bound.port }),
    async close() {
      const closed = once(server, 'close');
      server.close();
      await closed;
    },
  };
}

async function resolved(text: string): Promise<TcpAddress> {
  try {
    return await resolveTcpAddress(text);
  } catch (error) {
    if (error instanceof AddressError) throw networkError(`listen tcp: ${error.message}`);
    throw error;
  }
}
