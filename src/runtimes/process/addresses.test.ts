import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { Address } from '../../core/seams/system.ts';
import { freeAddresses, freeHosts } from './addresses.ts';

test('addresses of one run are all different and can be listened on', async () => {
  const addresses = await freeAddresses(40);
  expect(new Set(addresses.map(({ host, port }) => `${host}:${port}`)).size).toBe(40);
  await using _server = await listenAt(addresses[7]!);
});

test('addresses of two runs of one controller do not meet', async () => {
  const [first, second] = [await freeAddresses(3), await freeAddresses(3)];
  const taken = new Set(first.map(({ host, port }) => `${host}:${port}`));
  expect(second.some(({ host, port }) => taken.has(`${host}:${port}`))).toBe(
    process.platform !== 'linux',
  );
});

describe.runIf(process.platform === 'linux')('hosts of a run', () => {
  test('are all different, loopback, and have all their ports free', async () => {
    const hosts = await freeHosts(31, [2379, 2380]);
    expect(new Set(hosts).size).toBe(31);
    for (const host of hosts) expect(host).toMatch(/^127\.(12[89]|1[3-9]\d|2[0-4]\d|25[0-4])\./);
    await using listening = new AsyncDisposableStack();
    for (const host of hosts.slice(0, 3))
      for (const port of [2379, 2380]) listening.use(await listenAt({ host, port }));
  });

  test('of two runs of one controller do not meet', async () => {
    const [first, second] = [await freeHosts(31, [2379]), await freeHosts(31, [2379])];
    expect(first.filter((host) => second.includes(host))).toEqual([]);
  });

  test('are others where one of their ports is taken', async () => {
    const [there] = await freeHosts(1, [2379]);
    // The next run's first host is as far from this one as every other.
    const next = hostAfter(there!, 256);
    await using _taken = await listenAt({ host: next, port: 2380 });
    const [found] = await freeHosts(1, [2379, 2380]);
    expect([there, next]).not.toContain(found);
  });

  test('are not had where a server listens at every address: the ports are named', async () => {
    await using server = await listenAt({ host: '0.0.0.0', port: 0 });
    await expect(freeHosts(2, [server.port])).rejects.toMatchObject({
      code: 'environment',
      message: expect.stringContaining(`the ports ${server.port} free`) as string,
    });
  });
});

async function listenAt(address: Address): Promise<AsyncDisposable & { readonly port: number }> {
  const server = createServer().listen(address);
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      server.close();
      await once(server, 'close');
    },
  };
}

/** The address that many further on. */
function hostAfter(host: string, steps: number): string {
  const ordinal = host.split('.').reduce((sum, part) => sum * 256 + Number(part), 0) + steps;
  return [24, 16, 8, 0].map((shift) => (ordinal >>> shift) & 255).join('.');
}
