import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { nodeIds } from '../core/ids.ts';
import type { Address, NodeStatus } from '../core/seams/system.ts';
import { settledOf, statusOf } from './status.ts';

const [n1, n2] = nodeIds(2) as [NodeStatus['node'], NodeStatus['node']];
const nowhere: Address = { host: '127.0.0.1', port: 1 };
const script = { greets: false, ask: new TextEncoder().encode('PING\r\n') };

let server: Server;
afterEach(() => server?.close());

/** A server that does as told with every connection. */
async function listening(onConnection: (socket: Socket) => void): Promise<Address> {
  server = createServer(onConnection).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { host: '127.0.0.1', port: (server.address() as AddressInfo).port };
}

describe('a node is ready', () => {
  test('when its client port answers what the probe asks', async () => {
    const address = await listening((socket) => socket.on('data', () => socket.end('+PONG\r\n')));
    expect(await statusOf({}, script)(address, 5000, n1)).toEqual({
      node: 'n1',
      role: 'member',
      leader: undefined,
      generation: 0,
    });
  });

  test('not when the port is open and nobody is behind it', async () => {
    const address = await listening((socket) => socket.destroy());
    await expect(statusOf({}, script)(address, 5000, n1)).rejects.toThrow(/no answer/);
  });

  test('not when nobody listens', async () => {
    await expect(statusOf({}, script)(nowhere, 5000, n1)).rejects.toThrow(/refused/);
  });

  test('when its own question says so, and not when that says false, throws or waits too long', async () => {
    const asking = (ready: () => unknown) => statusOf({ ready }, script)(nowhere, 20, n1);
    await expect(asking(() => undefined)).resolves.toMatchObject({ node: 'n1' });
    await expect(asking(() => Promise.resolve(false))).rejects.toThrow('not ready');
    await expect(asking(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(asking(() => new Promise(() => {}))).rejects.toThrow(/timeout/);
  });
});

describe('who leads', () => {
  const asking = (leader: string | undefined) =>
    statusOf({ status: () => ({ leader, generation: 3 }) }, script)(nowhere, 5000, n1);

  test.each([
    ['n1', 'leader'],
    ['n2', 'follower'],
    [undefined, 'member'],
  ])('a node that names %s is a %s', async (leader, role) => {
    expect(await asking(leader)).toEqual({ node: 'n1', role, leader, generation: 3 });
  });
});

describe('a cluster has settled', () => {
  const naming = (...leaders: (NodeStatus['node'] | undefined)[]): NodeStatus[] =>
    leaders.map((leader) => ({ node: n1, role: 'member', leader, generation: 0 }));
  const status = () => ({});

  test('when every node answers, where none says who leads', () => {
    expect(settledOf({})(naming(undefined, undefined), 2)).toBe(true);
    expect(settledOf({})(naming(undefined), 2)).toBe(false);
  });

  test('when all name the same leader, where they say', () => {
    expect(settledOf({ status })(naming(n2, n2), 2)).toBe(true);
    expect(settledOf({ status })(naming(n1, n2), 2)).toBe(false);
    expect(settledOf({ status })(naming(undefined, undefined), 2)).toBe(false);
  });

  test('when the definition says so, where it says', () => {
    expect(settledOf({ settled: (all) => all.length === 1 })(naming(n1), 2)).toBe(true);
  });
});
