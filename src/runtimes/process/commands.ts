/** How a node of a system is started as a process of this host. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { NodeId } from '../../core/ids.ts';
import type { ClusterSpec } from '../../core/seams/runtime.ts';
import type { NodeConfig, NodeProgram, Server } from '../../core/seams/system.ts';
import { nodeFolder } from '../nodes.ts';
import { serverNode } from '../server-node.ts';
import { underHostsFile } from './hosts-file.ts';
import type { NodeCommand } from './node-process.ts';
import type { Places } from './places.ts';

/** The command that starts the node. */
export function commandOf(spec: ClusterSpec, places: Places, node: NodeId): NodeCommand {
  const folder = nodeFolder(spec.runFolder, node);
  const common = { node, folder, dataFolder: join(folder, 'data'), address: places.node(node) };
  const kind = spec.system.node;
  return kind.kind === 'program'
    ? { ...common, ...programCommand(kind, spec, places, common) }
    : { ...common, ...serverCommand(kind, spec, places, common) };
}

type Common = Pick<NodeCommand, 'node' | 'folder' | 'dataFolder' | 'address'>;
type Command = Pick<NodeCommand, 'file' | 'arguments' | 'environment'>;

function programCommand(
  { module }: NodeProgram,
  spec: ClusterSpec,
  places: Places,
  { node, folder, dataFolder, address }: Common,
): Command {
  const peers = peersOf(spec, node).map((peer) => [peer, places.link({ from: node, to: peer })]);
  const config: NodeConfig = {
    id: node,
    listen: address,
    peers: Object.fromEntries(peers),
    endsWithStdin: true,
    dataFolder,
    traceFile: join(folder, 'trace.jsonl'),
    seed: `${spec.seed}/node/${node}`,
    bugs: spec.bugs,
    options: spec.options,
  };
  return {
    file: process.execPath,
    arguments: [fileURLToPath(module)],
    environment: { DSP_NODE: JSON.stringify(config) },
  };
}

function serverCommand(
  server: Server,
  spec: ClusterSpec,
  places: Places,
  { node, folder, dataFolder, address }: Common,
): Command {
  const told = serverNode(spec, node, { listenHost: address.host, dataFolder });
  const hostsFile = join(folder, 'hosts');
  const peers = peersOf(spec, node).map((to) => `${places.link({ from: node, to }).host} ${to}`);
  const others = withoutNames(readFileSync('/etc/hosts', 'utf8'), spec.nodes);
  const lines = [...others, `${address.host} ${node}`, ...peers];
  writeFileSync(hostsFile, `${lines.join('\n')}\n`);
  return {
    ...underHostsFile(hostsFile, server.command?.(told) ?? []),
    environment: server.environment?.(told) ?? {},
  };
}

const peersOf = ({ nodes }: ClusterSpec, node: NodeId): readonly NodeId[] =>
  nodes.filter((peer) => peer !== node);

/** What a hosts file says of others than the nodes: a resolver that finds two addresses of a name may use either. */
export function withoutNames(hostsFile: string, nodes: readonly NodeId[]): string[] {
  const known = new Set<string>(nodes);
  return hostsFile.split('\n').flatMap((line) => {
    const [address, ...names] = line.replace(/#.*/, '').trim().split(/\s+/);
    const others = names.filter((name) => !known.has(name.toLowerCase()));
    return others.length === 0 ? [] : [[address, ...others].join(' ')];
  });
}
