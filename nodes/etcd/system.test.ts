import { describe, expect, test } from 'vitest';
import { nodeIds, type NodeId } from '../../src/core/ids.ts';
import type { Server, ServerNode } from '../../src/core/seams/system.ts';
import { fakeGateway, type Reply } from './gateway.fixture.ts';
import { etcd } from './system.ts';

const members = nodeIds(3);
const [n1, n2] = members as [NodeId, NodeId];

describe('the command of a node', () => {
  const command = (node: ServerNode) => (etcd.node as Server).command!(node);
  const told = { id: n2, listenHost: '127.9.0.2', members, dataFolder: '/disk', seed: 's' };

  test('listens where it is told and knows its peers by their names', () => {
    expect(command({ ...told, options: {} }).join(' ')).toBe(
      'etcd --name n2 --data-dir /disk' +
        ' --listen-peer-urls http://127.9.0.2:2380 --initial-advertise-peer-urls http://n2:2380' +
        ' --listen-client-urls http://127.9.0.2:2379 --advertise-client-urls http://n2:2379' +
        ' --initial-cluster n1=http://n1:2380,n2=http://n2:2380,n3=http://n3:2380' +
        ' --initial-cluster-state new --heartbeat-interval 50 --election-timeout 600',
    );
  });

  test('has the times that the options ask for', () => {
    const options = { 'heartbeat-interval': '10', 'election-timeout': '99' };
    expect(command({ ...told, options })).toEqual(
      expect.arrayContaining(['--heartbeat-interval', '10', '--election-timeout', '99']),
    );
  });
});

describe('the status of a node', () => {
  const status = (leader?: string): Reply => ({
    json: { header: { member_id: '22' }, raftTerm: '5', ...(leader && { leader }) },
  });
  const list: Reply = {
    json: {
      header: {},
      members: [
        { ID: '11', name: 'n1' },
        { ID: '22', name: 'n2' },
        { ID: '33', clientURLs: [] },
      ],
    },
  };
  const asked = async (replies: readonly Reply[], timeoutMs = 5000) => {
    await using gateway = await fakeGateway(replies);
    return await etcd.status(gateway.address, timeoutMs, n2);
  };

  test.each([
    ['that follows', '11', { role: 'follower', leader: n1 }],
    ['that leads', '22', { role: 'leader', leader: n2 }],
    ['that knows no leader', undefined, { role: 'follower', leader: undefined }],
    ['whose leader has no name yet', '33', { role: 'follower', leader: undefined }],
    ['whose leader is no member', '44', { role: 'follower', leader: undefined }],
  ])('%s', async (_, leader, expected) => {
    expect(await asked([status(leader), list])).toEqual({ node: n2, generation: 5, ...expected });
  });

  test('is not known where the node refuses, or does not answer', async () => {
    await expect(asked([{ status: 503, json: { message: 'no' } }])).rejects.toThrow('no');
    await expect(asked([() => {}], 50)).rejects.toThrow();
  });
});
