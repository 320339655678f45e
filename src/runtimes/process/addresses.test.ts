import { once } from 'node:events';
import { createServer } from 'node:net';
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

  test('are not had where every place that is tried is taken: the ports are named', async () => {
    const [there] = await freeHosts(1, [2379]);
    await using taken = new AsyncDisposableStack();
    for (let next = 1; next <= 64; next++)
      taken.use(await listenAt({ host: hostAfter(there!, next * 256), port: 2380 }));
    await expect(freeHosts(1, [2379, 2380])).rejects.toMatchObject({
      code: 'environment',
      message: expect.stringContaining('the ports 2379, 2380 free') as string,
    });
  });
});

async function listenAt(address: Address): Promise<AsyncDisposable> {
  const server = createServer().listen(address);
  await once(server, 'listening');
  return {
    async [Symbol.asyncDispose]() {
      server.close();
      await once(server, 'close');
    },
  };
}

/** The host that many further on, of those from 127.128 to 127.254. */
function hostAfter(host: string, steps: number): string {
  const [, a, b, c] = host.split('.').map(Number) as [number, number, number, number];
  const place = ((a - 128) * 65_536 + b * 256 + c + steps) % (127 * 65_536);
  return `127.${128 + (place >>> 16)}.${(place >>> 8) & 255}.${place & 255}`;
}
