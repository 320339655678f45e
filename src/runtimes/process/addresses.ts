/**
 * Where nodes and links of a run listen on this host.
 *
 * On Linux the whole of 127.0.0.0/8 is loopback, so each run has an address of its own, drawn from the controller's pid:
 * two runs at once never meet, and ports are the same in every run. Elsewhere free ports of 127.0.0.1 are asked for.
 */
import { createServer } from 'node:net';
import { environmentError } from '../../core/errors.ts';
import type { Address } from '../../core/seams/system.ts';

/** As many addresses as asked for, none of them in use. */
export async function freeAddresses(count: number): Promise<Address[]> {
  return process.platform === 'linux' ? ownHost(count) : freePorts('127.0.0.1', count);
}

/** As many loopback addresses as asked for, with all the given ports free on each. Linux only. */
export async function freeHosts(count: number, ports: readonly number[]): Promise<string[]> {
  for (let attempt = 0; attempt < hostsTried; attempt++) {
    const begin = (process.pid * 16 + runsOfThisProcess++) * hostsOfARun;
    const hosts = Array.from({ length: count }, (_, i) => loopbackHost(manyHosts, begin + i));
    const addresses = hosts.flatMap((host) => ports.map((port) => ({ host, port })));
    const taken = await Promise.all(addresses.map(isTaken));
    if (!taken.includes(true)) return hosts;
  }
  throw environmentError(
    `no ${count} loopback addresses with the ports ${ports.join(', ')} free were found in ${hostsTried} tries`,
    'dsp clean ends what earlier runs left behind; a server that listens at every address must be stopped',
  );
}

/** Runs that need more than these share the next run's, and try another place where that one is in use. */
const hostsOfARun = 256;

/** Below the ports that the system gives to outgoing connections. */
const portFirst = 7001;
const hostsTried = 64;
let runsOfThisProcess = 0;

async function ownHost(count: number): Promise<Address[]> {
  for (let attempt = 0; attempt < hostsTried; attempt++) {
    const host = loopbackHost(oneHost, process.pid * 16 + runsOfThisProcess++);
    const addresses = Array.from({ length: count }, (_, i) => ({ host, port: portFirst + i }));
    const taken = await Promise.all(addresses.map(isTaken));
    if (!taken.includes(true)) return addresses;
  }
  throw environmentError(
    `no loopback address with ${count} free ports from ${portFirst} on was found in ${hostsTried} tries`,
    'dsp clean ends what earlier runs left behind',
  );
}

/** Away from 127.0.0.1, where people keep their own servers: 127.1 to 127.127 for runs of one host each, the rest for many. */
const oneHost = { from: 1, count: 127 };
const manyHosts = { from: 128, count: 127 };

function loopbackHost(range: typeof oneHost, ordinal: number): string {
  const place = ordinal % (range.count * 65_536);
  return `127.${range.from + Math.floor(place / 65_536)}.${(place >>> 8) & 255}.${place & 255}`;
}

const isTaken = (address: Address): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(true));
    server.listen({ ...address, exclusive: true }, () => server.close(() => resolve(false)));
  });

/** Asks the system for free ports, all at once, so that no two are the same. */
async function freePorts(host: string, count: number): Promise<Address[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const addresses = await Promise.all(
    servers.map(
      (server) =>
        new Promise<Address>((resolve, reject) => {
          server.once('error', reject);
          server.listen({ host, port: 0 }, () => {
            const address = server.address();
            resolve({
              host,
              port: typeof address === 'object' && address !== null ? address.port : 0,
            });
          });
        }),
    ),
  );
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return addresses;
}
