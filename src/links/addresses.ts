/** Addresses as Toxiproxy writes them, `host:port`, and as the rest of dsp has them. */
import type { Address } from '../core/seams/system.ts';

/** `127.0.0.1:80`, `[::1]:80`. */
export const formatAddress = ({ host, port }: Address): string =>
  host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;

/** The port stands behind the last colon. */
export function parseAddress(text: string): Address {
  const colon = text.lastIndexOf(':');
  const host = text.slice(0, colon).replace(/^\[(.*)\]$/, '$1');
  return { host, port: Number(text.slice(colon + 1)) };
}
