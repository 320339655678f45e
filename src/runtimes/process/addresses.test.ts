import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { freeAddresses } from './addresses.ts';

test('addresses of one run are all different and can be listened on', async () => {
  const addresses = await freeAddresses(40);
  expect(new Set(addresses.map(({ host, port }) => `${host}:${port}`)).size).toBe(40);
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(addresses[7], resolve);
  });
  await new Promise((resolve) => server.close(resolve));
});

test('addresses of two runs of one controller do not meet', async () => {
  const [first, second] = [await freeAddresses(3), await freeAddresses(3)];
  const taken = new Set(first.map(({ host, port }) => `${host}:${port}`));
  expect(second.some(({ host, port }) => taken.has(`${host}:${port}`))).toBe(
    process.platform !== 'linux',
  );
});
