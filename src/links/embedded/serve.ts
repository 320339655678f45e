/**
 * The embedded Toxiproxy, in this process: the HTTP API on an address, and the proxies that are made through it.
 *
 * It stands in for the real server where that is not installed: same API, same toxics. docs/toxiproxy.md says in what
 * it differs. Its chance is drawn from the seed, by proxy, connection and toxic.
 */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { environmentError } from '../../core/errors.ts';
import { seededRandom } from '../../core/random.ts';
import type { Address } from '../../core/seams/system.ts';
import { createApiServer } from './api/server.ts';
import { AddressError, formatTcpAddress, resolveTcpAddress } from './go/address.ts';
import type { Log } from './log.ts';
import { noLog } from './log.ts';
import { createMutex } from '../mutex.ts';
import { createProxies } from './proxy/proxies.ts';

export interface EmbeddedOptions {
  /** A name or an address; `localhost` is IPv4 where there is that. */
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  readonly seed: number | string;
  readonly log?: Log;
}

export interface EmbeddedToxiproxy extends AsyncDisposable {
  /** Where the API listens. */
  readonly address: Address;
}

/** Listens; disposing of it closes the API, every proxy and every connection. */
export async function serveEmbedded(options: EmbeddedOptions): Promise<EmbeddedToxiproxy> {
  const { port, seed, log = noLog } = options;
  const mutex = createMutex();
  const proxies = createProxies(seededRandom(seed), log);
  const server = createApiServer({ proxies, mutex, log });
  const host = await addressOf(options.host);
  try {
    server.listen({ host, port, exclusive: true });
    await once(server, 'listening');
  } catch (error) {
    throw cannotListen(options, error);
  }
  server.on('error', (error) =>
    log('warn', 'Error while accepting a call', { error: error.message }),
  );
  const bound = server.address() as AddressInfo;
  const address = { host: bound.address, port: bound.port };
  log('info', 'Starting Toxiproxy HTTP server', { address: formatTcpAddress(address) });

  return {
    address,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await mutex(() => proxies.clear());
      await closed;
    },
  };
}

async function addressOf(host: string): Promise<string> {
  try {
    const { host: found = '::' } = await resolveTcpAddress(formatTcpAddress({ host, port: 0 }));
    return found;
  } catch (error) {
    if (!(error instanceof AddressError)) throw error;
    throw environmentError(`--host ${host} cannot be looked up`, 'valid: 127.0.0.1', error);
  }
}

function cannotListen({ host, port }: EmbeddedOptions, error: unknown): Error {
  const { code } = error as NodeJS.ErrnoException;
  const where = `port ${port} on ${host}`;
  if (code === 'EADDRINUSE') {
    return environmentError(`${where} is taken`, 'choose another with --port; 0 takes any', error);
  }
  return environmentError(`Toxiproxy cannot listen on ${where}: ${code}`, undefined, error);
}
