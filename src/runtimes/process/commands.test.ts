import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { replicatedLog } from '../../../nodes/replicated-log/system.ts';
import { clusterSpec } from '../../../test/support/cluster-spec.ts';
import { nodeIds, type NodeId } from '../../core/ids.ts';
import type { NodeConfig, Server, ServerNode } from '../../core/seams/system.ts';
import { nodeFolder } from '../nodes.ts';
import { commandOf, withoutNames } from './commands.ts';
import type { Places } from './places.ts';

const nodes = nodeIds(3);
const [n1, n2] = nodes as [NodeId, NodeId];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dsp-test-'));
  for (const node of nodes) mkdirSync(nodeFolder(folder, node), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Node nI is at 127.128.0.I, the link from nI to nJ at 127.128.I.J. */
const places: Places = {
  toxiproxy: { host: '127.128.0.0', port: 8474 },
  node: (node) => ({ host: `127.128.0.${node.slice(1)}`, port: 2379 }),
  link: ({ from, to }) => ({ host: `127.128.${from.slice(1)}.${to.slice(1)}`, port: 2380 }),
  ways: () => [],
};

describe('the command of a server', () => {
  const command = (told: ServerNode) => ['etcd', '--name', told.id, '--listen', told.listenHost];
  const ports = { client: 2379, peers: [2380] };

  const of = (server: Partial<Server> = {}) => {
    const node: Server = { kind: 'server', ports, command, ...server };
    const system = { ...replicatedLog, node };
    return commandOf(
      clusterSpec({ system, runFolder: folder, options: { fast: 'true' } }),
      places,
      n1,
    );
  };

  test("is its own, with the node's name, under the node's hosts file", () => {
    const started = of();
    const own = ['etcd', '--name', 'n1', '--listen', '127.128.0.1'];
    expect(started.arguments.slice(-own.length - 1)).toEqual([
      join(nodeFolder(folder, n1), 'hosts'),
      ...own,
    ]);
    expect(started).toMatchObject({
      node: n1,
      folder: nodeFolder(folder, n1),
      address: places.node(n1),
      environment: {},
    });
  });

  test('in whose hosts file each peer is the link to it, and the node itself', () => {
    of();
    const lines = readFileSync(join(nodeFolder(folder, n1), 'hosts'), 'utf8')
      .trim()
      .split('\n');
    expect(lines.slice(-3)).toEqual(['127.128.0.1 n1', '127.128.1.2 n2', '127.128.1.3 n3']);
    expect(lines.some((line) => line.endsWith(' localhost'))).toBe(true);
  });

  test('may be made of all that the node is told', () => {
    const told: ServerNode[] = [];
    const { environment, dataFolder } = of({
      environment(node) {
        told.push(node);
        return { DATA: node.dataFolder };
      },
    });
    expect(environment).toEqual({ DATA: dataFolder });
    expect(told).toEqual([
      {
        id: n1,
        listenHost: '127.128.0.1',
        members: nodes,
        dataFolder: join(nodeFolder(folder, n1), 'data'),
        seed: 's/node/n1',
        options: { fast: 'true' },
      },
    ]);
  });
});

test("the command of a program of ours tells it its links' addresses, and to end with the controller", () => {
  const spec = clusterSpec({ system: replicatedLog, runFolder: folder });
  const { file, environment } = commandOf(spec, places, n2);
  expect(file).toBe(process.execPath);
  expect(JSON.parse(environment['DSP_NODE']!) as NodeConfig).toMatchObject({
    id: n2,
    listen: places.node(n2),
    peers: { n1: { host: '127.128.2.1', port: 2380 }, n3: { host: '127.128.2.3', port: 2380 } },
    endsWithStdin: true,
    seed: 's/node/n2',
  });
});

describe("the host's own hosts file", () => {
  test.each([
    ['keeps what names others', '127.0.0.1 localhost vm', ['127.0.0.1 localhost vm']],
    ['loses a line that names nodes alone', '10.0.0.1 n1\n10.0.0.2\tN2  n1', []],
    ['keeps the other names of such a line', '127.0.0.1 localhost n1', ['127.0.0.1 localhost']],
    ['keeps names that begin like those of nodes', '10.0.0.1 n10 n1.lan', ['10.0.0.1 n10 n1.lan']],
    ['loses comments and blank lines', '# n1 here\n\n  \n::1 lo # n1', ['::1 lo']],
  ])('%s', (_, text, lines) => {
    expect(withoutNames(text, nodes)).toEqual(lines);
  });
});
