import { readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { etcd } from '../../nodes/etcd/system.ts';
import { nodeIds } from '../../src/core/ids.ts';
import type { NodeId } from '../../src/core/ids.ts';
import type { AddressedCluster } from '../../src/core/seams/runtime.ts';
import { processRuntime } from '../../src/runtimes/process/runtime.ts';
import { settle } from '../../src/run/settle.ts';
import type { VerdictFile } from '../../src/store/verdict-file.ts';
import { clusterSpec } from '../support/cluster-spec.ts';
import { dockerForTests } from '../support/docker.ts';
import { dsp, freshFolder } from '../support/dsp.ts';

const onThisHost = (await execa('etcd', ['--version'], { reject: false })).exitCode === 0;
if (!onThisHost)
  process.stderr.write('\n*** NO etcd ON PATH: its tests on this host are left out\n\n');
const runtimes = [
  ...(onThisHost ? ['process'] : []),
  ...((await dockerForTests()) === undefined ? [] : ['docker']),
];

describe.runIf(runtimes.length > 0).each(runtimes)('etcd under --runtime %s', (runtime) => {
  let out: string;
  beforeEach(() => void (out = freshFolder()));
  afterEach(() => rmSync(out, { recursive: true, force: true }));

  const run = (...args: string[]) =>
    dsp(['test', '--system', 'etcd', '--runtime', runtime, '--out', out, ...args]);
  const verdict = () =>
    JSON.parse(readFileSync(join(out, 'latest', 'verdict.json'), 'utf8')) as VerdictFile;

  test('its reads are linearizable under partitions', async () => {
    const { exitCode, stdout, stderr } = await run('--nemesis', 'partition', '--time-limit', '12');
    expect(exitCode, stdout + stderr).toBe(0);
    expect(verdict().counts.faultsInstalled).toBeGreaterThan(0);
    expect(statSync(join(out, 'latest', 'nodes', 'n1', 'stderr.log')).size).toBeGreaterThan(0);
  });

  test('its serializable reads are not: some are stale', async () => {
    const args = ['--nemesis', 'partition', '--time-limit', '15', '--option', 'serializable-reads'];
    const { exitCode, stdout, stderr } = await run(...args);
    expect(exitCode, stdout + stderr).toBe(1);
    expect(verdict()).toMatchObject({ verdict: 'invalid', kind: 'safety' });
    expect(verdict().findings[0]?.summary).toContain('read');
  });

  test('it survives being killed and frozen', async () => {
    const { exitCode, stdout, stderr } = await run('--nemesis', 'kill,pause', '--time-limit', '12');
    expect(exitCode, stdout + stderr).toBe(0);
  });
});

describe.runIf(onThisHost)('a session with a real etcd', () => {
  const [n1] = nodeIds(1) as [NodeId];
  const never = new AbortController().signal;
  let folder: string;
  let cluster: AddressedCluster;

  beforeAll(async () => {
    folder = freshFolder();
    const spec = clusterSpec({ system: etcd, nodes: [n1], runFolder: folder });
    cluster = await processRuntime({ toxiproxy: 'embedded' }).start(spec, never);
    await settle(cluster, etcd, 30_000, never);
  });
  afterAll(async () => {
    await cluster[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  });

  test('reads what was written, and nothing where nothing was', async () => {
    const session = await etcd.connect(cluster.clientAddress(n1), {
      client: 'c',
      node: n1,
      options: {},
    });
    const { get, put, 'compare-and-set': compareAndSet } = session as Required<typeof session>;
    expect(await get('k', never)).toBeNull();
    expect(await compareAndSet('k', 1, 2, never)).toBe(false);
    expect(await compareAndSet('k', null, 'ä', never)).toBe(true);
    expect(await compareAndSet('k', null, 2, never)).toBe(false);
    expect(await get('k', never)).toBe('ä');
    await put('k', 7, never);
    expect(await compareAndSet('k', 'ä', 8, never)).toBe(false);
    expect(await compareAndSet('k', 7, null, never)).toBe(true);
    expect(await get('k', never)).toBeNull();
    await session.close();
  });

  test('finds what was written after the node was killed and restarted', async () => {
    const told = { client: 'd', node: n1, options: {} };
    const before = await etcd.connect(cluster.clientAddress(n1), told);
    await (before as Required<typeof before>).put('kept', 1, never);
    await cluster.nodes.kill(n1);
    await cluster.nodes.restart(n1);
    await settle(cluster, etcd, 30_000, never);
    const after = await etcd.connect(cluster.clientAddress(n1), told);
    expect(await (after as Required<typeof after>).get('kept', never)).toBe(1);
    await after.close();
  });
});
