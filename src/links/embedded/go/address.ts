/**
 * Listen addresses as Go's `net` package reads, resolves, writes and refuses them.
 *
 * The error texts are the real server's, because its clients show them to people. Two things differ: names of services
 * for ports (`:http`) are not known here, and what a failed look-up says of the resolver that was asked is left out.
 */
import { lookup } from 'node:dns/promises';
import { SocketAddress, isIP } from 'node:net';

/** An address that can be listened on; no host stands for every address of this machine. */
export interface TcpAddress {
  readonly host: string | undefined;
  readonly port: number;
}

/** A refusal in Go's words. */
export class AddressError extends Error {}

/** `host:port` → an address, the host looked up; IPv4 is preferred. Nothing at all is any host and any port. */
export async function resolveTcpAddress(text: string): Promise<TcpAddress> {
  if (text === '') return { host: undefined, port: 0 };
  const { host, port } = parseHostPort(text);
  return { host: host === undefined ? undefined : await resolveHost(host), port };
}

/** `host:port`, the host not yet looked up. */
export function parseHostPort(text: string): TcpAddress {
  const [host, service] = splitHostPort(text);
  return { host: host === '' ? undefined : host, port: portNumber(service) };
}

/** As Go writes an address: `127.0.0.1:80`, `[::1]:80`, `:80`. */
export function formatTcpAddress({ host, port }: TcpAddress): string {
  if (host === undefined) return `:${port}`;
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** Whether listening there means listening on every address of this machine. */
export const isWildcard = ({ host }: TcpAddress): boolean =>
  host === undefined || host === '::' || host === '0.0.0.0';

/** What Go says of a listen that the system refused. */
export function listenErrorText(address: TcpAddress, error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const reason = systemErrors[code as keyof typeof systemErrors] ?? String(error);
  return `listen tcp ${formatTcpAddress(address)}: bind: ${reason}`;
}

const systemErrors = {
  EACCES: 'permission denied',
  EADDRINUSE: 'address already in use',
  EADDRNOTAVAIL: 'cannot assign requested address',
  EAFNOSUPPORT: 'address family not supported by protocol',
  EINVAL: 'invalid argument',
};

/** The port stands behind the last colon; a host with colons stands in brackets. */
function splitHostPort(text: string): [host: string, port: string] {
  const refuse = (why: string): never => {
    throw new AddressError(`address ${text}: ${why}`);
  };
  const colon = text.lastIndexOf(':');
  if (colon < 0) return refuse('missing port in address');
  if (!text.startsWith('[')) {
    const host = text.slice(0, colon);
    if (host.includes(':')) return refuse('too many colons in address');
    if (text.includes('[')) return refuse("unexpected '[' in address");
    if (text.includes(']')) return refuse("unexpected ']' in address");
    return [host, text.slice(colon + 1)];
  }
  const end = text.indexOf(']');
  if (end < 0) return refuse("missing ']' in address");
  if (end + 1 !== colon) {
    return refuse(text[end + 1] === ':' ? 'too many colons in address' : 'missing port in address');
  }
  if (text.includes('[', 1)) return refuse("unexpected '[' in address");
  if (text.includes(']', end + 1)) return refuse("unexpected ']' in address");
  return [text.slice(1, end), text.slice(colon + 1)];
}

function portNumber(service: string): number {
  if (!/^[+-]?\d*$/.test(service)) throw new AddressError(`lookup tcp/${service}: unknown port`);
  const port = Number(service === '' ? 0 : service);
  // A sign alone is zero to Go, and no number to JavaScript.
  if (Number.isNaN(port)) return 0;
  if (port < 0 || port > 65_535) throw new AddressError(`address ${service}: invalid port`);
  return port;
}

async function resolveHost(host: string): Promise<string> {
  if (isIP(host) === 4) return host;
  if (isIP(host) === 6) return new SocketAddress({ address: host, family: 'ipv6' }).address;
  try {
    const found = await lookup(host, { all: true });
    return (found.find(({ family }) => family === 4) ?? found[0]!).address;
  } catch (error) {
    throw new AddressError(`lookup ${host}: no such host`, { cause: error });
  }
}
