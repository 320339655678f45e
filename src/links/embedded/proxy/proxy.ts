/**
 * A proxy: clients that connect to `listen` are joined to `upstream`, through the proxy's toxics.
 *
 * It accepts first and dials later, as Toxiproxy does: a client whose upstream refuses sees a connection that closes.
 * Disabled, it does not listen, and its connections are closed. Its changes must not overlap: see `mutex.ts`.
 */
import type { Socket } from 'node:net';
import type { Random } from '../../../core/random.ts';
import { networkError } from '../errors.ts';
import { AddressError, formatTcpAddress, resolveTcpAddress } from '../go/address.ts';
import type { Log } from '../log.ts';
import { join } from '../stream/connection.ts';
import type { ToxicChain } from './chain.ts';
import { createToxicChain } from './chain.ts';
import type { Dialling } from './dial.ts';
import { dial } from './dial.ts';
import type { Listener } from './listener.ts';
import { listen } from './listener.ts';

/** What a client says a proxy should be. */
export interface ProxySpec {
  readonly name: string;
  /** As given; once the proxy has started, as the system says it. */
  readonly listen: string;
  readonly upstream: string;
}

export interface Proxy {
  readonly spec: ProxySpec;
  readonly enabled: boolean;
  readonly chain: ToxicChain;
  /** Nothing if it is enabled already. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Whether listening and upstream address are other ones; throws if the listening address is none. */
  differs(spec: Pick<ProxySpec, 'listen' | 'upstream'>): Promise<boolean>;
  /** Moves it, if the addresses differ, and enables or disables it. Connections of a proxy that is moved are closed. */
  update(change: Omit<ProxySpec, 'name'> & { readonly enabled: boolean }): Promise<void>;
}

/** A proxy that is not yet enabled. */
export function createProxy(initial: ProxySpec, random: Random, log: Log): Proxy {
  const chain = createToxicChain();
  const dialling = new Set<Dialling>();
  let spec = initial;
  let listener: Listener | undefined;
  let connections = 0;
  const about = () => ({ name: spec.name, listen: spec.listen, upstream: spec.upstream });

  function onClient(client: Socket): void {
    const clientAddress = `${client.remoteAddress}:${client.remotePort}`;
    log('info', 'Accepted client', { ...about(), client: clientAddress });
    const forConnection = random.fork(`connection ${++connections}`);
    const dialled = dial(spec.upstream, client, {
      onOpen(upstream) {
        dialling.delete(dialled);
        const { toxics } = chain;
        const onClosed = () => chain.connections.delete(connection);
        const connection = join({ client, upstream, toxics, random: forConnection, onClosed });
        chain.connections.add(connection);
      },
      onRefused(why) {
        dialling.delete(dialled);
        const error = why.message;
        const said = 'Unable to open connection to upstream';
        log('error', said, { ...about(), client: clientAddress, error });
      },
    });
    dialling.add(dialled);
  }

  async function start(): Promise<void> {
    if (listener !== undefined) return;
    const onError = ({ message: error }: Error) =>
      log('warn', 'Error while accepting client', { ...about(), error });
    listener = await listen(spec.listen, { onClient, onError });
    spec = { ...spec, listen: listener.address };
    log('info', 'Started proxy', about());
  }

  async function stop(): Promise<void> {
    if (listener === undefined) return;
    const closed = listener.close();
    listener = undefined;
    for (const each of dialling) each.destroy();
    for (const connection of chain.connections) connection.destroy();
    await closed;
    log('info', 'Terminated proxy', about());
  }

  async function differs(other: Pick<ProxySpec, 'listen' | 'upstream'>): Promise<boolean> {
    const address = await canonical(other.listen);
    return spec.listen !== address || spec.upstream !== other.upstream;
  }

  return {
    get spec() {
      return spec;
    },
    get enabled() {
      return listener !== undefined;
    },
    chain,
    start,
    stop,
    differs,
    async update(change) {
      if (await differs(change)) {
        await stop();
        spec = { ...spec, listen: change.listen, upstream: change.upstream };
      }
      await (change.enabled ? start() : stop());
    },
  };
}

/** The address as the system would say it. */
async function canonical(listen: string): Promise<string> {
  try {
    return formatTcpAddress(await resolveTcpAddress(listen));
  } catch (error) {
    if (error instanceof AddressError) throw networkError(error.message);
    throw error;
  }
}
