import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterEach, describe, expect, test } from 'vitest';
import { inProcess } from '../../../nodes/in-process.ts';
import type { InProcessSystem } from '../../../nodes/in-process.ts';
import { replicatedLog } from '../../../nodes/replicated-log/system.ts';
import { systems } from '../../../nodes/systems.ts';
import { clusterSpec } from '../../../test/support/cluster-spec.ts';
import { simulatedCluster } from '../../../test/support/simulated-cluster.ts';
import { nodeId } from '../../core/ids.ts';
import type { Cluster } from '../../core/seams/runtime.ts';
import { nsPerSecond, sleep } from '../../core/time.ts';
import { outputInMemory } from './output.ts';
import { notSimulated, simRuntime } from './runtime.ts';

const right = inProcess['replicated-log']!;
const never = new AbortController().signal;

/** The right program, with a first node to which this happens a second after its start. */
const withFirstNode = (happens: () => void): InProcessSystem => ({
  ...right,
  async program(env, settings) {
    if (env.node === nodeId(1)) env.after(1000, happens);
    await right.program(env, settings);
  },
});

const listeners = () => process.listenerCount('unhandledRejection');
const before = listeners();
afterEach(() => expect(listeners()).toBe(before));

/** What is told of unexpected ends within two seconds. */
async function endsOf(cluster: Cluster): Promise<string[]> {
  const ends: string[] = [];
  cluster.nodes.onUnexpectedExit((node, how) => ends.push(`${node}: ${how}`));
  await sleep(cluster.clock, 2 * nsPerSecond);
  return ends;
}

describe('a simulated cluster', () => {
  test('whose nodes are right ends with nothing to tell', async () => {
    await using cluster = await simulatedCluster();
    expect(await endsOf(cluster)).toEqual([]);
    expect(await cluster.nodes.state(nodeId(1))).toBe('running');
  });

  test('loses a node that throws, as exit code 70, and nothing else', async () => {
    const system = withFirstNode(() => {
      throw new Error('a defect');
    });
    await using cluster = await simulatedCluster({}, { system });
    expect(await endsOf(cluster)).toEqual(['n1: exit code 70']);
    expect(await cluster.nodes.state(nodeId(1))).toBe('dead');
    expect(await cluster.nodes.state(nodeId(2))).toBe('running');
  });

  test('tells of an end that came before anybody asked, too', async () => {
    const system = withFirstNode(() => {
      throw new Error('a defect');
    });
    await using cluster = await simulatedCluster({}, { system });
    await sleep(cluster.clock, 2 * nsPerSecond);
    expect(await endsOf(cluster)).toEqual(['n1: exit code 70']);
  });

  test('loses no node by a kill that was asked for', async () => {
    await using cluster = await simulatedCluster();
    await cluster.nodes.kill(nodeId(1));
    expect(await endsOf(cluster)).toEqual([]);
  });

  test('that does not come up leaves nothing behind, and says which node died', async () => {
    const system: InProcessSystem = {
      ...right,
      program: () => Promise.reject(new Error('no such thing')),
    };
    await expect(simulatedCluster({}, { system })).rejects.toThrow(
      /^node n\d died at its start: exit code 70/,
    );
  });

  test('is not started with a weather that cannot be', async () => {
    const options = { 'sim.sync-ms': 'slow' };
    await expect(simulatedCluster({ options })).rejects.toThrow('--option sim.sync-ms is "slow"');
  });

  test('does in no time what takes it an hour', async () => {
    const runtime = simRuntime({ output: outputInMemory() });
    const began = runtime.date().getTime();
    const spec = clusterSpec({ system: replicatedLog, runFolder: 'nowhere' });
    await using cluster = await runtime.start(spec, never);
    for (const node of cluster.nodes.ids) await cluster.nodes.kill(node);
    await sleep(cluster.clock, 3600 * nsPerSecond);
    expect(runtime.date().getTime() - began).toBeGreaterThanOrEqual(3_600_000);
  });
});

describe('a rejected promise that nobody cared for', () => {
  const program = fileURLToPath(
    new URL('../../../test/fixtures/programs/forgetful-node.ts', import.meta.url),
  );
  const run = (...args: string[]) => execa(process.execPath, [program, ...args], { reject: false });

  test('ends the node whose it is, as exit code 70', async () => {
    const { stdout, stderr } = await run();
    expect({ stderr, ...(JSON.parse(stdout) as object) }).toEqual({
      stderr: '',
      ends: ['n1: exit code 70'],
      listening: 0,
    });
  });

  test('is not told to whoever else listens where it is a node’s, and is where it is not', async () => {
    const told: unknown[] = [];
    const others = process.listeners('unhandledRejection');
    process.removeAllListeners('unhandledRejection');
    const listener = (reason: unknown) => void told.push(reason);
    process.on('unhandledRejection', listener);
    {
      const forget = () => void Promise.reject(new Error("the node's"));
      await using first = await simulatedCluster({}, { system: withFirstNode(forget) });
      await using second = await simulatedCluster();
      expect(await endsOf(first)).toEqual(['n1: exit code 70']);
      void Promise.reject(new Error('another'));
      expect(await endsOf(second)).toEqual([]);
    }
    expect(process.listeners('unhandledRejection')).toEqual([listener]);
    process.off('unhandledRejection', listener);
    for (const other of others) process.on('unhandledRejection', other);
    expect(told).toEqual([new Error('another')]);
  });

  test('ends the process where it is no node’s', async () => {
    const { stdout, stderr, exitCode } = await run('elsewhere');
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 1 });
    expect(stderr).toContain('nobody cared');
  });
});

test('a system that is a server as it is cannot be simulated, and the refusal says what runs it', () => {
  expect(notSimulated(systems.etcd)).toMatch(/^etcd is a server as it is.*--runtime process/);
  expect(notSimulated(systems['replicated-log'])).toBeUndefined();
});
