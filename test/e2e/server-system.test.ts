/** Servers that know nothing of dsp, as processes of this host: every link is cut alone, whatever they are told. */
import { readFileSync, rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { allLinks, clientsHost, linkName, nodeIds, type NodeId } from '../../src/core/ids.ts';
import type { AddressedCluster } from '../../src/core/seams/runtime.ts';
import type { RunRecord } from '../../src/runtimes/process/run-record.ts';
import { notAProcess, processRuntime } from '../../src/runtimes/process/runtime.ts';
import { clusterSpec } from '../support/cluster-spec.ts';
import { freshFolder, nothingLeft, recordOf } from '../support/dsp.ts';
import { askServer, namedPeers, type PeerView } from '../support/named-peers.ts';

const nodes = nodeIds(3);
const [n1, n2, n3] = nodes as [NodeId, NodeId, NodeId];
const never = new AbortController().signal;
const hostsOfHost = readFileSync('/etc/hosts', 'utf8');

let folder: string;
let cluster: AddressedCluster;
let record: RunRecord;

beforeAll(async () => {
  expect(notAProcess(namedPeers)).toBeUndefined();
  folder = freshFolder();
  const spec = clusterSpec({ system: namedPeers, nodes, runFolder: folder });
  cluster = await processRuntime({ toxiproxy: 'embedded' }).start(spec, never);
  record = recordOf(folder)!;
});

afterAll(async () => {
  await cluster[Symbol.asyncDispose]();
  await nothingLeft(record);
  rmSync(folder, { recursive: true, force: true });
  expect(readFileSync('/etc/hosts', 'utf8')).toBe(hostsOfHost);
});

const ask = <T>(node: NodeId, path: string, method?: string) =>
  askServer<T>(cluster.clientAddress(node), path, method === undefined ? {} : { method });

/** Has the server ask all its peers. */
async function round(node: NodeId) {
  const { question, views } = await ask<{ question: number; views: PeerView[] }>(node, '/peers');
  const answered = Object.fromEntries(views.map((each) => [each.peer, each.answered]));
  return { question, views, answered };
}

const both = [true, true];
const neither = [false, false];

/** Has it ask until all its peers answer: one that was slow once is not one that is cut off. */
const untilWhole = (node: NodeId) =>
  vi.waitUntil(
    async () => {
      const { views } = await round(node);
      return views.every(({ answered }) => answered.every(Boolean)) ? views : undefined;
    },
    { timeout: 60_000, interval: 20 },
  );

describe('servers that know their peers by name and port', () => {
  test('reach each other through links, each by an address of its own', async () => {
    const seen = await Promise.all(nodes.map(untilWhole));
    const addresses = seen.flatMap((views) => views.map(({ address }) => address));
    expect(seen.map((views) => views.map(({ peer }) => peer))).toEqual([
      [n2, n3],
      [n1, n3],
      [n1, n2],
    ]);
    // Every link has one, and no node is reached beside its links.
    expect(new Set(addresses).size).toBe(6);
    for (const address of addresses) expect(address).toMatch(/^127\./);
    const servers = await Promise.all(nodes.map((node) => ask<{ listen: string }>(node, '/')));
    for (const { listen } of servers) expect(addresses).not.toContain(listen);
  });

  test('are probed through every link, with the clients’', async () => {
    const links = allLinks(nodes);
    const probes = await Promise.all(links.map((link) => cluster.links.probe(link, 10_000)));
    expect(
      probes.map(({ link, forward, backward }) => [linkName(link), forward, backward]),
    ).toEqual(links.map((link) => [linkName(link), 'open', 'open']));
  });

  test('are cut off one way by a blackhole, at all their ports, until it heals', async () => {
    await Promise.all(nodes.map(untilWhole));
    const link = { from: n1, to: n2 };
    await cluster.links.install(link, { kind: 'blackhole' });
    expect(await cluster.links.probe(link, 400)).toMatchObject({ forward: 'silent' });

    // What n1 asks n2 is not heard; what n2 asks n1 is, and n1's answer is swallowed.
    const lastOf1 = async () => {
      const heard = await ask<Record<string, number>>(n2, '/heard');
      return [heard['n1 at 4702'], heard['n1 at 4703']];
    };
    const [before, of1, of2] = [await lastOf1(), await round(n1), await round(n2)];
    expect(of1.answered).toMatchObject({ [n2]: neither });
    expect(of2.answered).toMatchObject({ [n1]: neither });
    expect(await lastOf1()).toEqual(before);
    await vi.waitUntil(
      async () => {
        const heard = await ask<Record<string, number>>(n1, '/heard');
        return [4702, 4703].every((port) => heard[`n2 at ${port}`] === of2.question);
      },
      { timeout: 30_000, interval: 20 },
    );

    // Nobody else is touched.
    for (const other of [
      { from: n1, to: n3 },
      { from: n3, to: n2 },
      { from: clientsHost, to: n2 },
    ])
      expect(await cluster.links.probe(other, 10_000)).toMatchObject({ forward: 'open' });
    expect(await untilAnswers(n1, n3)).toEqual(both);
    expect(await untilAnswers(n3, n2)).toEqual(both);

    await cluster.links.heal(link);
    expect(await cluster.links.probe(link, 10_000)).toMatchObject({ forward: 'open' });
    const healed = await Promise.all(nodes.map(untilWhole));
    expect(healed).toHaveLength(3);
    expect(Math.min(...(await lastOf1()).map(Number))).toBeGreaterThan(of1.question);
  });

  test('come back from a kill on their disk, with their names as they were', async () => {
    await ask(n3, '/notes', 'POST');
    const before = await untilWhole(n3);
    await cluster.nodes.kill(n3);
    expect(await cluster.nodes.state(n3)).toBe('dead');
    await cluster.nodes.restart(n3);
    const addressesOf = (views: readonly PeerView[]) => views.map(({ address }) => address);
    expect(addressesOf(await untilWhole(n3))).toEqual(addressesOf(before));
    expect(await ask(n3, '/notes')).toBe('x');
  });

  test('do not answer while they are paused', async () => {
    await cluster.nodes.pause(n3);
    expect(await cluster.nodes.state(n3)).toBe('paused');
    expect(await cluster.nodes.status(n3, 300)).toBeUndefined();
    await cluster.nodes.resume(n3);
    await vi.waitUntil(() => cluster.nodes.status(n3), { timeout: 30_000 });
  });
});

/** Asks until the one peer answers; the answers of that time. */
const untilAnswers = (node: NodeId, peer: NodeId) =>
  vi.waitUntil(
    async () => {
      const { answered } = await round(node);
      return answered[peer]!.every(Boolean) ? answered[peer] : undefined;
    },
    { timeout: 60_000, interval: 20 },
  );

test('a server that is not there is an error that names it, and leaves nothing', async () => {
  const runFolder = freshFolder();
  const node = { ...namedPeers.node, command: () => ['no-such-server'] };
  const spec = clusterSpec({ system: { ...namedPeers, node }, runFolder });
  await expect(processRuntime({ toxiproxy: 'embedded' }).start(spec, never)).rejects.toMatchObject({
    code: 'environment',
    message: expect.stringMatching(/^node n\d died at its start: exit code 127, .*no-such-server/),
  });
  await vi.waitUntil(() => recordOf(runFolder) === undefined, { timeout: 10_000, interval: 20 });
  rmSync(runFolder, { recursive: true, force: true });
});
