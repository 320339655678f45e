import { describe, expect, test } from 'vitest';
import type { NodeId } from '../../src/core/ids.ts';
import type { SessionError } from '../../src/core/error-registry.ts';
import { MemoryCluster } from './memory-cluster.fixture.ts';
import type { ReplicatedLogSession } from './session.ts';

const never = new AbortController().signal;

async function clusterOf(nodes: number, options: Record<string, string> = {}, seed = 1) {
  const cluster = new MemoryCluster({ nodes, seed, options });
  const leader = await cluster.elect();
  await cluster.world.run(200);
  return { cluster, world: cluster.world, leader };
}

const put = (cluster: MemoryCluster, session: ReplicatedLogSession, value: number) =>
  cluster.call((signal) => session.put('key', value, signal));
const get = (cluster: MemoryCluster, session: ReplicatedLogSession) =>
  cluster.call((signal) => session.get('key', signal));

/** The code of the error that a call ended with. */
const codeOf = async (call: Promise<unknown>): Promise<string> => {
  try {
    await call;
    return 'ok';
  } catch (error) {
    return (error as SessionError).code;
  }
};

describe('elections', () => {
  test.each([1, 2, 3, 5, 7])('%i nodes elect one leader, whom all know', async (nodes) => {
    const { cluster, world } = await clusterOf(nodes);
    await world.run(10_000);
    expect(cluster.events('leader-elected').length).toBe(1);
    const session = await cluster.session(cluster.ids.at(-1)!);
    await put(cluster, session, 1);
    expect(await get(cluster, session)).toBe(1);
  });

  test('a dead leader is replaced within two seconds, in a newer generation', async () => {
    const { cluster, world, leader } = await clusterOf(5);
    const { generation } = cluster.events('leader-elected')[0]!;
    world.kill(leader);
    const next = await cluster.elect(2000);
    expect(next).not.toBe(leader);
    expect(cluster.events('leader-elected').at(-1)!.generation).toBeGreaterThan(generation);
  });

  test('so it is where the leader is watched by the phi-accrual detector', async () => {
    const { cluster, world, leader } = await clusterOf(5, { 'suspect-at-phi': '8' });
    await world.run(20_000);
    expect(cluster.events('node-suspected')).toEqual([]);
    world.kill(leader);
    expect(await cluster.elect(2000)).not.toBe(leader);
  });

  test('without a majority nobody is elected', async () => {
    const { cluster, world, leader } = await clusterOf(5);
    for (const node of cluster.others(leader).slice(0, 2)) world.kill(node);
    world.kill(leader);
    await world.run(10_000);
    expect(cluster.events('leader-elected').length).toBe(1);
  });

  test('a node that was cut off comes back without deposing anybody', async () => {
    const { cluster, world, leader } = await clusterOf(5);
    const [away] = cluster.others(leader) as [NodeId];
    world.partition([away], cluster.others(away));
    await world.run(10_000);
    world.healAll();
    await world.run(5000);
    expect(cluster.events('leader-elected').length).toBe(1);
    expect(cluster.events('leader-stepped-down')).toEqual([]);
    const session = await cluster.session(away);
    await put(cluster, session, 1);
  });

  test('a leader that nobody answers steps down within an election timeout', async () => {
    const { cluster, world, leader } = await clusterOf(5);
    for (const other of cluster.others(leader)) world.network.cut(other, leader);
    await world.run(1100);
    expect(cluster.events('leader-stepped-down').map(({ node }) => node)).toEqual([leader]);
  });

  test('a leader whose disk is slow beats on, and is not taken for dead', async () => {
    const { cluster, world, leader } = await clusterOf(3);
    for (const node of cluster.ids) world.slowDisk(node, 700);
    const session = await cluster.session(leader);
    for (let n = 0; n < 10; n++) await put(cluster, session, n);
    await world.run(5000);
    expect(cluster.leader()).toBe(leader);
    expect(cluster.events('node-suspected')).toEqual([]);
  });
});

describe('what was acknowledged', () => {
  test('is read at every node', async () => {
    const { cluster } = await clusterOf(5);
    await put(cluster, await cluster.session(cluster.ids[0]!), 1);
    for (const id of cluster.ids) expect(await get(cluster, await cluster.session(id))).toBe(1);
  });

  test('survives any minority, the leader included', async () => {
    const { cluster, world, leader } = await clusterOf(5);
    const [a, ...rest] = cluster.others(leader) as [NodeId, ...NodeId[]];
    await put(cluster, await cluster.session(a), 1);
    world.kill(leader);
    world.kill(a);
    await cluster.elect();
    await world.run(500);
    expect(await get(cluster, await cluster.session(rest[0]!))).toBe(1);
  });

  test('survives a power failure of all nodes at once', async () => {
    const { cluster, world, leader } = await clusterOf(3);
    const session = await cluster.session(leader);
    for (let n = 0; n <= 20; n++) await put(cluster, session, n);
    for (const id of cluster.ids) world.losePower(id);
    world.startAll();
    await world.run(10);
    const next = await cluster.elect();
    await world.run(500);
    expect(await get(cluster, await cluster.session(next))).toBe(20);
  });
});

describe('a leader that is cut off', () => {
  /** A cluster whose leader is alone; sessions with it and with the majority, in which another leads now. */
  async function split() {
    const { cluster, world, leader } = await clusterOf(5, { 'request-expiry-ms': '5000' });
    const old = await cluster.session(leader);
    const others = cluster.others(leader);
    const session = await cluster.session(others[0]!);
    await put(cluster, old, 1);
    world.partition([leader], others);
    return { cluster, world, leader, old, session };
  }

  test('never answers a read with what the others have overwritten', async () => {
    const { cluster, world, old, session } = await split();
    await cluster.world.run(2000);
    await put(cluster, session, 2);
    expect(await codeOf(get(cluster, old))).toBe('no-leader');
    world.healAll();
    await world.run(1000);
    expect(await get(cluster, old)).toBe(2);
  });

  test('refuses a read that came before it stepped down, for certain', async () => {
    const { cluster, old } = await split();
    expect(await codeOf(get(cluster, old))).toBe('not-leader');
  });

  test('does not say what became of a write that came before it stepped down', async () => {
    const { cluster, old } = await split();
    expect(await codeOf(put(cluster, old, 2))).toBe('timeout');
  });

  test('hands such a write to the next leader, once the links are healed', async () => {
    const { cluster, world, old, session } = await split();
    const writing = codeOf(old.put('key', 2, never));
    await world.run(3000);
    world.healAll();
    expect(await world.settle(writing, 3000)).toBe('ok');
    expect(await get(cluster, session)).toBe(2);
  });

  test('loses its suffix to the next leader', async () => {
    const { cluster, world, leader, old, session } = await split();
    const abort = new AbortController();
    old.put('other', 2, abort.signal).catch(() => {});
    await world.run(2000);
    await put(cluster, session, 3);
    world.healAll();
    await world.run(1000);
    expect(cluster.events('suffix-cut').map(({ node }) => node)).toEqual([leader]);
  });
});

describe('a request', () => {
  test('at a follower without a leader definitely did not happen', async () => {
    const { cluster, world, leader } = await clusterOf(3);
    const [follower] = cluster.others(leader) as [NodeId];
    const session = await cluster.session(follower);
    world.partition([follower], cluster.others(follower));
    await world.run(2000);
    expect(await codeOf(put(cluster, session, 1))).toBe('no-leader');
  });

  test('that was passed on to a leader that is lost may have happened', async () => {
    const { cluster, world, leader } = await clusterOf(3);
    const [follower] = cluster.others(leader) as [NodeId];
    const session = await cluster.session(follower);
    world.partition([follower], cluster.others(follower));
    expect(await codeOf(put(cluster, session, 1))).toBe('timeout');
  });

  test('whose answer is lost with the leader is executed once', async () => {
    const { cluster, world, leader } = await clusterOf(5);
    const [follower, ...rest] = cluster.others(leader) as [NodeId, ...NodeId[]];
    const session = await cluster.session(follower);
    await put(cluster, session, 1);
    world.network.cut(leader, follower);
    const swapping = cluster.world.settle(session['compare-and-set']('key', 1, 2, never), 5000);
    await world.run(100);
    world.kill(leader);
    expect(await swapping).toBe(true);
    expect(await get(cluster, await cluster.session(rest[0]!))).toBe(2);
  });

  test('that no node can read is refused, and the connection serves the next', async () => {
    const { cluster, leader } = await clusterOf(1);
    const session = await cluster.session(leader);
    const tooLong = cluster.call((signal) => session.put('k'.repeat(2000), 1, signal));
    expect(await codeOf(tooLong)).toBe('bad-request');
    await put(cluster, session, 1);
  });
});

describe('limits', () => {
  /** Puts with this many clients at once at the leader; how often each code came. */
  async function flood(options: Record<string, string>, clients: number) {
    const { cluster, leader, world } = await clusterOf(3, options);
    const sessions = [];
    for (let n = 0; n < clients; n++) sessions.push(await cluster.session(leader));
    const calls = sessions.map((session, n) => codeOf(session.put(`key ${n}`, n, never)));
    const codes = await world.settle(Promise.all(calls), 10_000);
    const count = (code: string): number => codes.filter((each) => each === code).length;
    const reader = await cluster.session(leader);
    let written = 0;
    for (let n = 0; n < clients; n++)
      if ((await world.settle(reader.get(`key ${n}`, never), 10_000)) !== null) written++;
    return { count, written };
  }

  test('a full queue refuses, and what it refused never happens', async () => {
    const { count, written } = await flood({ 'queued-requests-max': '4' }, 40);
    expect(count('queue-full')).toBeGreaterThan(0);
    expect(count('ok') + count('queue-full')).toBe(40);
    expect(written).toBe(count('ok'));
  });

  test('a full log refuses, and what it refused never happens', async () => {
    const { count, written } = await flood({ 'log-entries-max': '11' }, 20);
    expect([count('ok'), count('log-full'), written]).toEqual([10, 10, 10]);
  });

  test('a full waiting list refuses, and what it refused never happens', async () => {
    const { count, written } = await flood({ 'waiting-requests-max': '5' }, 20);
    expect(count('too-many-waiting')).toBeGreaterThan(0);
    expect(written).toBe(count('ok'));
  });
});

describe('a disk that cannot be trusted', () => {
  test.each(['log', 'generation'])('keeps the node from starting: %s', async (file) => {
    const { cluster, world, leader } = await clusterOf(3);
    const session = await cluster.session(leader);
    for (let n = 0; n < 5; n++) await put(cluster, session, n);
    const [victim] = cluster.others(leader) as [NodeId];
    world.kill(victim);
    world.disk(victim).flipBit(file, 8 * 3);
    world.start(victim);
    await world.run(100);
    expect(world.isAlive(victim)).toBe(false);
    expect(cluster.events('refused')).toMatchObject([{ node: victim }]);
    await put(cluster, session, 9);
  });
});

test('the same seed gives the same trace, another seed another', async () => {
  const traceOf = async (seed: number) => {
    const { cluster, world, leader } = await clusterOf(3, {}, seed);
    world.kill(leader);
    await cluster.elect();
    return JSON.stringify(world.trace);
  };
  const [one, again, other] = [await traceOf(1), await traceOf(1), await traceOf(2)];
  expect(again).toBe(one);
  expect(other).not.toBe(one);
});
