import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nodeIds, type NodeId } from '../../src/core/ids.ts';
import type {
  Address,
  NodeConfig,
  NodeProgram,
  NodeStatus,
  Session,
} from '../../src/core/seams/system.ts';
import { freeAddresses } from '../../src/runtimes/process/addresses.ts';
import { replicatedLog } from './system.ts';

/** Real processes on loopback, dialling each other directly. */
const ids = nodeIds(3);
const [n1] = ids as [NodeId];
const never = new AbortController().signal;
let folder: string;
const addresses = new Map<NodeId, Address>();
const running = new Map<NodeId, ChildProcess>();

const program = fileURLToPath((replicatedLog.node as NodeProgram).module);
const address = (node: NodeId): Address => addresses.get(node)!;
const connect = (node: NodeId, client: string): Promise<Session> =>
  replicatedLog.connect(address(node), { client, node, options: {} });
const folderOf = (node: NodeId): string => join(folder, node);

function start(node: NodeId): ChildProcess {
  mkdirSync(folderOf(node), { recursive: true });
  const config: NodeConfig = {
    id: node,
    listen: address(node),
    peers: Object.fromEntries(ids.filter((id) => id !== node).map((id) => [id, address(id)])),
    endsWithStdin: true,
    dataFolder: join(folderOf(node), 'data'),
    traceFile: join(folderOf(node), 'trace.jsonl'),
    seed: '1',
    bugs: [],
    options: {},
  };
  const log = openSync(join(folderOf(node), 'log'), 'a');
  const child = spawn(process.execPath, [program], {
    stdio: ['pipe', log, log],
    env: { ...process.env, DSP_NODE: JSON.stringify(config) },
  });
  running.set(node, child);
  return child;
}

/** Asks again until the condition holds of those that answer. */
async function until(holds: (statuses: NodeStatus[]) => boolean): Promise<NodeStatus[]> {
  for (;;) {
    const asked = await Promise.allSettled(
      ids.map((id) => replicatedLog.status(address(id), 500, id)),
    );
    const answers = asked.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    if (holds(answers)) return answers;
    await wait(20);
  }
}
const settled = (): Promise<NodeStatus[]> => until((all) => replicatedLog.settled(all, ids.length));

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dsp-nodes-'));
  for (const [at, free] of (await freeAddresses(ids.length)).entries())
    addresses.set(ids[at]!, free);
  ids.forEach(start);
});

afterAll(() => {
  for (const child of running.values()) child.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

describe('three real processes', () => {
  test('elect a leader, and serve clients at every node', async () => {
    await settled();
    for (const [at, id] of ids.entries()) {
      const session = await connect(id, `c${at}`);
      await session.put('key', at, never);
      expect(await session.get('key', never)).toBe(at);
      expect(await session['compare-and-set']('key', at, 'x', never)).toBe(true);
      expect(await session['compare-and-set']('key', at, 'y', never)).toBe(false);
      await session.close();
    }
  });

  test('keep what they acknowledged when all are killed and started again', async () => {
    const session = await connect(n1, 'before');
    await session.put('kept', 'yes', never);
    const ends = [...running.values()].map((child) => once(child, 'exit'));
    for (const child of running.values()) child.kill('SIGKILL');
    await Promise.all(ends);
    expect(session.isOpen?.()).toBe(false);
    ids.forEach(start);
    await settled();
    const again = await connect(n1, 'after');
    expect(await again.get('kept', never)).toBe('yes');
    await again.close();
  });

  test('elect another leader when it is killed, and take it back as a follower', async () => {
    const before = (await settled())[0]!;
    const leader = before.leader!;
    running.get(leader)!.kill('SIGKILL');
    const survivor = ids.find((id) => id !== leader)!;
    const isElected = (all: readonly NodeStatus[]): boolean =>
      all.some(({ role, generation }) => role === 'leader' && generation > before.generation);
    await until(isElected);
    await until((all) => all.some(({ node, leader: to }) => node === survivor && to !== undefined));
    const session = await connect(survivor, 'survivor');
    await session.put('kept', 'still', never);
    start(leader);
    await settled();
    const back = await connect(leader, 'back');
    expect(await back.get('kept', never)).toBe('still');
  });

  test('trace what they do, in lines that are whole after a kill', () => {
    for (const id of ids) {
      const lines = readFileSync(join(folderOf(id), 'trace.jsonl'), 'utf8')
        .trimEnd()
        .split('\n');
      const events = lines.map((line) => JSON.parse(line) as { event: string; timeNs: number });
      expect(events.filter(({ event }) => event === 'started').length).toBeGreaterThanOrEqual(2);
      expect(events.map(({ timeNs }) => timeNs)).toEqual(
        events.map(({ timeNs }) => timeNs).toSorted((a, b) => a - b),
      );
    }
  });

  test('end by themselves when their controller is gone, with status 0', async () => {
    const ends = [...running.values()].map((child) => once(child, 'exit'));
    for (const child of running.values()) child.stdin!.end();
    for (const end of await Promise.all(ends)) expect(end).toEqual([0, null]);
  });
});

describe('a node that cannot start', () => {
  /** Runs the program with this environment until it ends; its status and what it said on standard error. */
  async function run(told: string | undefined): Promise<[status: number, stderr: string]> {
    const { DSP_NODE: _, ...rest } = process.env;
    const env = told === undefined ? rest : { ...rest, DSP_NODE: told };
    const child = spawn(process.execPath, [program], { stdio: ['pipe', 'ignore', 'pipe'], env });
    let stderr = '';
    child.stderr.on('data', (text) => (stderr += String(text)));
    const [status] = (await once(child, 'close')) as [number];
    return [status, stderr];
  }

  test.each([
    ['no configuration', undefined],
    ['one that is not JSON', '{'],
  ])('says that it has %s', async (_, told) => {
    const [status, stderr] = await run(told);
    expect(status).toBe(64);
    expect(stderr).toContain('DSP_NODE');
  });

  const alone = (port: number, options: Readonly<Record<string, string>> = {}): string =>
    JSON.stringify({
      id: 'n1',
      listen: { host: '127.0.0.1', port },
      peers: {},
      endsWithStdin: true,
      dataFolder: join(folder, 'alone'),
      traceFile: join(folder, 'alone-trace.jsonl'),
      seed: '1',
      bugs: [],
      options,
    });

  test('names the option that cannot be, in one sentence', async () => {
    const [status, stderr] = await run(alone(0, { 'heartbeat-ms': 'fast' }));
    expect(status).toBe(64);
    expect(stderr).toMatch(/^--option heartbeat-ms is "fast".*\n$/);
  });

  test('names the port that is taken, and ends', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const [status, stderr] = await run(alone(port));
    server.close();
    expect(status).toBe(70);
    expect(stderr).toContain(`127.0.0.1:${port}`);
  });
});
