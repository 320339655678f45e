/**
 * The system `etcd`: a third party's server, as it is. Its members know each other by name and port; clients speak to its
 * JSON gateway, each to one node. See docs/etcd.md.
 */
import type { Server, ServerNode, System } from '../../src/core/seams/system.ts';
import { allKnowOneLeader } from '../sdk/one-leader.ts';
import { optionsHelp, readOptions } from './options.ts';
import { openSession } from './session.ts';
import { askStatus } from './status.ts';

const clientPort = 2379;
const peerPort = 2380;

const server: Server = {
  kind: 'server',
  image: 'quay.io/coreos/etcd:v3.5.21',
  command: commandOf,
  ports: { client: clientPort, peers: [peerPort] },
};

export const etcd: System = {
  name: 'etcd',
  says: "etcd as it is, through its JSON gateway: each client asks one node's key-value store",
  nodesMin: 1,
  offers: ['get', 'put', 'compare-and-set'],
  bugs: [],
  invariants: [],
  options: optionsHelp,
  checkOptions: readOptions,
  node: server,
  connect: async (address, { options }) => openSession(address, readOptions(options)),
  settled: allKnowOneLeader,
  // Both ports speak HTTP, and both answer this.
  probe: {
    greets: false,
    ask: new TextEncoder().encode(
      'GET /version HTTP/1.1\r\nHost: dsp\r\nConnection: close\r\n\r\n',
    ),
  },
  status: askStatus,
};

/** On a disk that has been used before, etcd goes by what it finds there and passes over the cluster's first members. */
function commandOf({ id, listenHost, members, dataFolder, options }: ServerNode): string[] {
  const { heartbeatMs, electionTimeoutMs } = readOptions(options);
  const peerUrl = (host: string) => `http://${host}:${peerPort}`;
  const clientUrl = (host: string) => `http://${host}:${clientPort}`;
  const flags = {
    name: id,
    'data-dir': dataFolder,
    'listen-peer-urls': peerUrl(listenHost),
    'initial-advertise-peer-urls': peerUrl(id),
    'listen-client-urls': clientUrl(listenHost),
    'advertise-client-urls': clientUrl(id),
    'initial-cluster': members.map((member) => `${member}=${peerUrl(member)}`).join(','),
    'initial-cluster-state': 'new',
    'heartbeat-interval': String(heartbeatMs),
    'election-timeout': String(electionTimeoutMs),
  };
  return ['etcd', ...Object.entries(flags).flatMap(([flag, value]) => [`--${flag}`, value])];
}
