import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { clusterSpec } from '../../test/support/cluster-spec.ts';
import { nodeIds, type NodeId } from '../core/ids.ts';
import type { ClusterSpec } from '../core/seams/runtime.ts';
import { launchedNodes, nodeFolder } from './nodes.ts';
import { openStage, type Stage } from './nodes.fixture.ts';

const [n1, n2, n3] = nodeIds(3) as [NodeId, NodeId, NodeId];
const never = new AbortController().signal;

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'dsp-test-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const nodesOn = ({ launch, system }: Stage, changes: Partial<ClusterSpec> = {}) =>
  launchedNodes(clusterSpec({ system, runFolder: folder, ...changes }), launch);

/** Lets everything happen that waits for nothing else. */
const turnOfEvents = () => new Promise((resolve) => setImmediate(resolve));

/** A door that launches wait at: of the given nodes, or of all. */
function closedDoor(...waiting: readonly NodeId[]) {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  return {
    cue: async (node: NodeId) => (waiting.includes(node) ? promise : true),
    open: () => resolve(true),
  };
}

describe('starting all nodes', () => {
  test('is over when every node answers, and not before', async () => {
    const stage = openStage(async (node) => node !== n2);
    await using nodes = nodesOn(stage);
    let ready = false;
    const starting = nodes.startAll(never).then(() => (ready = true));
    await vi.waitUntil(() => stage.launched.length === 3);
    await turnOfEvents();
    expect(ready).toBe(false);
    stage.launched.find(({ node }) => node === n2)!.answers = true;
    await starting;
    expect(await Promise.all(nodes.ids.map((node) => nodes.state(node)))).toEqual(
      Array(3).fill('running'),
    );
  });

  test('fails with the last words of a node that dies, and disposal kills the others', async () => {
    const stage = openStage(async (node) => node !== n2);
    mkdirSync(nodeFolder(folder, n2), { recursive: true });
    writeFileSync(join(nodeFolder(folder, n2), 'stderr.log'), 'no disk today\n');
    {
      await using nodes = nodesOn(stage);
      const starting = nodes.startAll(never);
      await vi.waitUntil(() => stage.launched.length === 3);
      stage.launched.find(({ node }) => node === n2)!.end('exit code 3');
      await expect(starting).rejects.toMatchObject({
        code: 'environment',
        message: 'node n2 died at its start: exit code 3, saying "no disk today"',
      });
      expect(stage.alive()).toEqual([n1, n3]);
    }
    expect(stage.alive()).toEqual([]);
  });

  test('fails when a node cannot be launched, and disposal kills those that could', async () => {
    const stage = openStage(async (node) => {
      if (node === n3) throw new Error('no image');
      return true;
    });
    {
      await using nodes = nodesOn(stage);
      await expect(nodes.startAll(never)).rejects.toThrow('no image');
      expect(stage.alive()).toEqual([n1, n2]);
    }
    expect(stage.alive()).toEqual([]);
  });

  test('fails when a node does not answer in time', async () => {
    await using nodes = nodesOn(
      openStage(async () => false),
      { readyTimeoutMs: 1 },
    );
    await expect(nodes.startAll(never)).rejects.toMatchObject({
      code: 'environment',
      message: expect.stringMatching(
        /^node n\d did not answer within 1 ms of its start$/,
      ) as string,
    });
  });

  test('ends with the reason of its signal', async () => {
    await using nodes = nodesOn(openStage(async () => false));
    const reason = new Error('enough');
    await expect(nodes.startAll(AbortSignal.abort(reason))).rejects.toBe(reason);
  });
});

describe('disposal', () => {
  test('kills a node whose launch was under way', async () => {
    const door = closedDoor(n2);
    const stage = openStage(door.cue);
    const nodes = nodesOn(stage);
    const starting = nodes.startAll(never);
    await turnOfEvents();
    const disposing = nodes[Symbol.asyncDispose]();
    door.open();
    await Promise.all([disposing, starting.catch(() => {})]);
    expect(stage.launched.map(({ node }) => node).toSorted()).toEqual([n1, n2, n3]);
    expect(stage.alive()).toEqual([]);
  });

  test('lets nothing be launched after it', async () => {
    const stage = openStage();
    const nodes = nodesOn(stage);
    await nodes.startAll(never);
    await nodes[Symbol.asyncDispose]();
    await expect(nodes.restart(n1)).rejects.toMatchObject({ code: 'harness' });
    await expect(nodes.startAll(never)).rejects.toMatchObject({ code: 'harness' });
    expect(stage.launched).toHaveLength(3);
  });

  test('kills all that can be killed before it says that one could not', async () => {
    const stage = openStage();
    const nodes = nodesOn(stage);
    await nodes.startAll(never);
    stage.launched[0]!.kill = () => Promise.reject(new Error('not permitted'));
    await expect(nodes[Symbol.asyncDispose]()).rejects.toThrow('not permitted');
    expect(stage.alive()).toEqual([stage.launched[0]!.node]);
  });
});

describe('a node that ends', () => {
  test('by itself is told of, with how', async () => {
    const stage = openStage();
    await using nodes = nodesOn(stage);
    const told: unknown[] = [];
    await nodes.startAll(never);
    nodes.onUnexpectedExit((node, how) => told.push([node, how]));
    stage.launched.find(({ node }) => node === n2)!.end('exit code 3');
    await turnOfEvents();
    expect(told).toEqual([[n2, 'exit code 3']]);
    expect(await nodes.state(n2)).toBe('dead');
    expect(await nodes.status(n2)).toBeUndefined();
  });

  test('by itself before anybody listens is told of to who listens later', async () => {
    const stage = openStage();
    await using nodes = nodesOn(stage);
    const told: unknown[] = [];
    await nodes.startAll(never);
    stage.launched.find(({ node }) => node === n2)!.end('SIGSEGV');
    await turnOfEvents();
    nodes.onUnexpectedExit((node, how) => told.push([node, how]));
    expect(told).toEqual([[n2, 'SIGSEGV']]);
  });

  test('because it was killed, restarted or disposed of is not', async () => {
    const stage = openStage();
    const told: unknown[] = [];
    {
      await using nodes = nodesOn(stage);
      await nodes.startAll(never);
      nodes.onUnexpectedExit((node, how) => told.push([node, how]));
      await nodes.kill(n1);
      await nodes.restart(n2);
    }
    await turnOfEvents();
    expect(stage.alive()).toEqual([]);
    expect(told).toEqual([]);
  });
});

describe('a restart', () => {
  test('is over when the new node answers, and not before', async () => {
    let answers = true;
    const stage = openStage(async () => answers);
    await using nodes = nodesOn(stage);
    await nodes.startAll(never);
    answers = false;
    let ready = false;
    const restarting = nodes.restart(n1).then(() => (ready = true));
    await vi.waitUntil(() => stage.launched.length === 4);
    await turnOfEvents();
    expect(ready).toBe(false);
    expect(stage.alive().filter((node) => node === n1)).toHaveLength(1);
    stage.launched[3]!.answers = true;
    await restarting;
    expect(await nodes.status(n1)).toMatchObject({ node: n1, generation: 3 });
  });

  test('does not wait for a node that was frozen meanwhile: whoever froze it will thaw it', async () => {
    let answers = true;
    const stage = openStage(async () => answers);
    await using nodes = nodesOn(stage);
    await nodes.startAll(never);
    answers = false;
    const restarting = nodes.restart(n1);
    await vi.waitUntil(() => stage.launched.length === 4);
    await nodes.pause(n1);
    await restarting;
    expect(await nodes.state(n1)).toBe('paused');
  });

  test('that is asked for twice at once is one start, for which both wait', async () => {
    const stage = openStage();
    await using nodes = nodesOn(stage);
    await nodes.startAll(never);
    await nodes.kill(n1);
    await Promise.all([nodes.restart(n1), nodes.restart(n1)]);
    expect(stage.launched).toHaveLength(4);
    expect(stage.alive().toSorted()).toEqual([n1, n2, n3]);
  });

  test('that is asked for after a kill is another start than one before it', async () => {
    const stage = openStage();
    await using nodes = nodesOn(stage);
    await nodes.startAll(never);
    await nodes.kill(n1);
    await Promise.allSettled([nodes.restart(n1), nodes.kill(n1), nodes.restart(n1)]);
    expect(stage.launched).toHaveLength(5);
    expect(await nodes.state(n1)).toBe('running');
  });

  test('of a node that runs already is a new start', async () => {
    const stage = openStage();
    await using nodes = nodesOn(stage);
    await nodes.startAll(never);
    await nodes.restart(n1);
    await nodes.restart(n1);
    expect(stage.launched).toHaveLength(5);
    expect(stage.alive().toSorted()).toEqual([n1, n2, n3]);
  });

  test('is undone by a kill that comes while the node is being launched', async () => {
    let door = closedDoor();
    const stage = openStage((node) => door.cue(node));
    await using nodes = nodesOn(stage);
    await nodes.startAll(never);
    door = closedDoor(n1);
    const restarting = nodes.restart(n1).catch(() => {});
    await turnOfEvents();
    const killing = nodes.kill(n1);
    door.open();
    await Promise.all([killing, restarting]);
    expect(stage.launched).toHaveLength(4);
    expect(await nodes.state(n1)).toBe('dead');
  });
});

test('a pause lasts until the node is resumed; the node does not answer meanwhile', async () => {
  await using nodes = nodesOn(openStage());
  await nodes.startAll(never);
  await nodes.pause(n1);
  expect([await nodes.state(n1), await nodes.status(n1)]).toEqual(['paused', undefined]);
  await nodes.resume(n1);
  expect([await nodes.state(n1), (await nodes.status(n1))?.node]).toEqual(['running', n1]);
});
