/** The system whose nodes are `test/fixtures/programs/named-peers.ts`: a server that knows its peers by name and port alone. */
import { fileURLToPath } from 'node:url';
import type { NodeId } from '../../src/core/ids.ts';
import type { Address, System } from '../../src/core/seams/system.ts';

const program = fileURLToPath(new URL('../fixtures/programs/named-peers.ts', import.meta.url));

/** What a server says that it has seen of one peer. */
export interface PeerView {
  readonly peer: NodeId;
  /** What the peer's name is where the server runs. */
  readonly address: string;
  /** Whether it answered, at each of its two ports. */
  readonly answered: readonly boolean[];
}

/** Asks a server at its client port; rejects when it does not answer in time. */
export async function askServer<T>(
  { host, port }: Address,
  path: string,
  { method = 'GET', timeoutMs = 5000 } = {},
): Promise<T> {
  const signal = AbortSignal.timeout(timeoutMs);
  const headers = { connection: 'close' };
  const response = await fetch(`http://${host}:${port}${path}`, { method, signal, headers });
  return (await response.json()) as T;
}

export const namedPeers: System = {
  name: 'named-peers',
  says: 'servers that know each other by name and port alone',
  nodesMin: 1,
  offers: [],
  bugs: [],
  invariants: [],
  options: {},
  node: {
    kind: 'server',
    command: ({ id, listenHost, members, dataFolder }) => [
      process.execPath,
      program,
      `--name=${id}`,
      `--listen=${listenHost}`,
      `--members=${members.join(',')}`,
      `--data=${dataFolder}`,
    ],
    ports: { client: 4701, peers: [4702, 4703] },
  },
  connect: () => Promise.reject(new Error('its clients ask it themselves')),
  settled: (statuses, nodes) => statuses.length === nodes,
  probe: {
    greets: false,
    ask: new TextEncoder().encode('GET /?from=probe HTTP/1.1\r\nHost: peer\r\n\r\n'),
  },
  async status(address, timeoutMs, node) {
    const { name } = await askServer<{ name: string }>(address, '/', { timeoutMs });
    if (name !== node) throw new Error(`${name} answers where ${node} should`);
    return { node, role: 'member', leader: undefined, generation: 0 };
  },
};
