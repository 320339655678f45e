/**
 * The `process` runtime: nodes are processes of this host, links are Toxiproxy proxies on loopback.
 *
 * Order of start: supervisor, Toxiproxy, all links, nodes. Order of end: the reverse, by the same stack, whether the
 * start failed half-way or the run is over.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { allLinks, clientsHost, linkName } from '../../core/ids.ts';
import type { Link, NodeId } from '../../core/ids.ts';
import type { Capability, Cluster, ClusterSpec, Runtime } from '../../core/seams/runtime.ts';
import type { Address } from '../../core/seams/system.ts';
import { hostClock } from '../../core/time.ts';
import { openLinks } from '../../links/links.ts';
import { startToxiproxy } from '../../links/serve.ts';
import { freeAddresses } from './addresses.ts';
import { processNodes } from './nodes.ts';
import { superviseRun } from './supervisor.ts';

/** What this runtime can do to nodes and links. */
export const processCapabilities: ReadonlySet<Capability> = new Set([
  'nodes.kill',
  'nodes.pause',
  'links.blackhole',
  'links.disconnect',
  'links.delay',
  'links.limit',
  'links.slice',
  'links.reset',
]);

/** `toxiproxy`: `auto`, `embedded`, or the path of a server. */
export function processRuntime(options: { readonly toxiproxy: string }): Runtime {
  return {
    name: 'process',
    capabilities: processCapabilities,
    start: (spec, signal) => startCluster(spec, options.toxiproxy, signal),
  };
}

async function startCluster(
  spec: ClusterSpec,
  choice: string,
  signal: AbortSignal,
): Promise<Cluster> {
  await using starting = new AsyncDisposableStack();
  for (const node of spec.nodes)
    mkdirSync(join(spec.runFolder, 'nodes', node), { recursive: true });
  const places = await assignAddresses(spec.nodes);
  const supervisor = starting.use(superviseRun(spec.runFolder));
  const server = starting.use(
    await startToxiproxy(
      {
        choice,
        ...places.toxiproxy,
        seed: spec.seed,
        logFile: join(spec.runFolder, 'toxiproxy.log'),
        onSpawn: (pid) => supervisor.started(pid, 'toxiproxy'),
      },
      signal,
    ),
  );
  const links = starting.use(
    await openLinks({
      server,
      links: allLinks(spec.nodes),
      listen: (link) => places.link(link),
      upstream: (link) => places.node(link.to),
      probe: spec.system.probe,
    }),
  );
  const nodes = starting.use(
    processNodes(
      spec,
      { listen: (node) => places.node(node), link: (from, to) => places.link({ from, to }) },
      supervisor,
    ),
  );
  await nodes.startAll(signal);
  const started = starting.move();
  return {
    clock: hostClock,
    nodes,
    links,
    toxiproxy: server.kind === 'embedded' ? 'embedded' : `toxiproxy-server ${server.version}`,
    clientAddress: (node) => places.link({ from: clientsHost, to: node }),
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}

interface Places {
  readonly toxiproxy: Address;
  node(node: NodeId): Address;
  link(link: Link): Address;
}

async function assignAddresses(nodes: readonly NodeId[]): Promise<Places> {
  const names = ['toxiproxy', ...nodes, ...allLinks(nodes).map(linkName)];
  const addresses = await freeAddresses(names.length);
  const table = new Map(names.map((name, i) => [name, addresses[i]!]));
  return {
    toxiproxy: table.get('toxiproxy')!,
    node: (node) => table.get(node)!,
    link: (link) => table.get(linkName(link))!,
  };
}
