import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kill } from '../../nemeses/kill.ts';
import { partition } from '../../nemeses/partition.ts';
import { partitionShapeNames, partitionShapes } from '../../nemeses/partition-shapes.ts';
import { pause } from '../../nemeses/pause.ts';
import { currentLeader } from '../../nemeses/targets.ts';
import { replicatedLog } from '../../nodes/replicated-log/system.ts';
import { linkName, nodeIds } from '../../src/core/ids.ts';
import type { FaultReport } from '../../src/core/seams/nemesis.ts';
import type { Cluster, Runtime } from '../../src/core/seams/runtime.ts';
import { simRuntime } from '../../src/runtimes/sim/runtime.ts';
import { dockerRuntime } from '../../src/runtimes/docker/runtime.ts';
import { processRuntime } from '../../src/runtimes/process/runtime.ts';
import { settle } from '../../src/run/settle.ts';
import { clusterSpec } from '../support/cluster-spec.ts';
import { dockerForTests, imagesForTests, leftInDocker } from '../support/docker.ts';
import { freshFolder } from '../support/dsp.ts';

const nodes = nodeIds(5);
const never = new AbortController().signal;

const docker = await dockerForTests();
const runtimes: Readonly<Record<string, Runtime>> = {
  process: processRuntime({ toxiproxy: 'auto' }),
  sim: simRuntime(),
  ...(docker === undefined ? {} : { docker: dockerRuntime }),
};

const start = (value: object) => ({ f: 'start', value });

describe.each(Object.entries(runtimes))('under the runtime %s', (_, runtime) => {
  let folder: string;
  let cluster: Cluster;

  beforeAll(async () => {
    folder = freshFolder();
    const spec = clusterSpec({
      system: replicatedLog,
      nodes,
      seed: 'nemeses',
      runFolder: folder,
      images: imagesForTests,
    });
    cluster = await runtime.start(spec, never);
    await settle(cluster, replicatedLog, 30_000, never);
  });

  afterAll(async () => {
    await cluster[Symbol.asyncDispose]();
    if (docker !== undefined) expect(await leftInDocker(docker, folder)).toEqual([]);
    rmSync(folder, { recursive: true, force: true });
  });

  describe('partition', () => {
    const cases = partitionShapeNames.flatMap((shape) =>
      (['blackhole', 'disconnect'] as const).map((mode) => [shape, mode] as const),
    );

    test.each(cases)(
      '%s by %s takes hold on every link of the shape, and heals',
      async (shape, mode) => {
        const leader = await currentLeader(cluster.nodes);
        const report: FaultReport = await partition.apply(
          start({ shape, mode, order: nodes }),
          cluster,
        );
        const planned = partitionShapes[shape].links({ order: nodes, leader }).map(linkName);
        expect(report).toMatchObject({
          outcome: 'installed',
          evidence: { leaking: [], failures: [] },
        });
        expect((report.evidence as { cut: string[] }).cut.toSorted()).toEqual(planned.toSorted());
        expect(await partition.heal(cluster)).toMatchObject({
          outcome: 'installed',
          evidence: { probes: { 'open/open': 25 }, silent: [] },
        });
        await settle(cluster, replicatedLog, 30_000, never);
      },
    );

    test('leaves the links that its shape does not name as they were', async () => {
      const [n1, n2, n3] = nodes;
      await partition.apply(start({ shape: 'one', mode: 'blackhole', order: nodes }), cluster);
      expect(await cluster.links.probe({ from: n2!, to: n3! }, 2000)).toMatchObject({
        forward: 'open',
      });
      expect(await cluster.links.probe({ from: n1!, to: n3! }, 400)).toMatchObject({
        forward: 'silent',
      });
      await partition.heal(cluster);
    });

    test('one way: what the deaf leader sends gets through, what is sent to it does not', async () => {
      await settle(cluster, replicatedLog, 30_000, never);
      const leader = (await currentLeader(cluster.nodes))!;
      const other = nodes.find((node) => node !== leader)!;
      await partition.apply(
        start({ shape: 'deaf-leader', mode: 'blackhole', order: nodes }),
        cluster,
      );
      expect(await cluster.links.probe({ from: other, to: leader }, 400)).toMatchObject({
        forward: 'silent',
      });
      expect(await cluster.links.probe({ from: leader, to: other }, 400)).toMatchObject({
        backward: 'silent',
      });
      await partition.heal(cluster);
      await settle(cluster, replicatedLog, 30_000, never);
    });
  });

  describe('kill and pause', () => {
    test('a killed minority is dead, and comes back on its disk', async () => {
      const report = await kill.apply(start({ target: 'minority', order: nodes }), cluster);
      expect(report).toMatchObject({
        outcome: 'installed',
        evidence: { after: { n1: 'dead', n2: 'dead' } },
      });
      expect(await kill.heal(cluster)).toMatchObject({ outcome: 'installed' });
      await settle(cluster, replicatedLog, 30_000, never);
    });

    test('a killed leader is the one that the nodes named', async () => {
      const leader = await currentLeader(cluster.nodes);
      const report = await kill.apply(start({ target: 'leader', order: nodes }), cluster);
      expect(report).toMatchObject({
        outcome: 'installed',
        evidence: { leader, after: { [leader!]: 'dead' } },
      });
      await kill.heal(cluster);
      await settle(cluster, replicatedLog, 30_000, never);
    });

    test('a paused node does not answer, and goes on when it is resumed', async () => {
      const report = await pause.apply(start({ target: 'one', order: nodes }), cluster);
      expect(report).toMatchObject({ outcome: 'installed', evidence: { after: { n1: 'paused' } } });
      expect(await cluster.nodes.status(nodes[0]!, 300)).toBeUndefined();
      expect(await pause.heal(cluster)).toMatchObject({ outcome: 'installed' });
      await settle(cluster, replicatedLog, 30_000, never);
    });

    test('a node that is dead already cannot be paused, and that is said', async () => {
      await kill.apply(start({ target: 'one', order: nodes }), cluster);
      expect(await pause.apply(start({ target: 'one', order: nodes }), cluster)).toMatchObject({
        outcome: 'skipped',
        evidence: { before: { n1: 'dead' } },
      });
      await kill.heal(cluster);
    });
  });
});
