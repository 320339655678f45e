/**
 * The `process` runtime: nodes are processes of this host, links are Toxiproxy proxies on loopback.
 *
 * Order of start: supervisor, Toxiproxy, all links, nodes. Order of end: the reverse, by the same stack, whether the
 * start failed half-way or the run is over.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { allLinks, clientsHost } from '../../core/ids.ts';
import type {
  AddressedCluster,
  Capability,
  ClusterSpec,
  Runtime,
} from '../../core/seams/runtime.ts';
import type { System } from '../../core/seams/system.ts';
import { hostClock, hostDate } from '../../core/time.ts';
import { openLinks } from '../../links/links.ts';
import { probeWith } from '../../links/probe.ts';
import { startToxiproxy } from '../../links/serve.ts';
import { commonCapabilities } from '../capabilities.ts';
import { clientsBy } from '../clients-by.ts';
import { launchedNodes, nodeFolder } from '../nodes.ts';
import { commandOf } from './commands.ts';
import { noHostsFile } from './hosts-file.ts';
import { startNode } from './node-process.ts';
import { hostsOfTheirOwn, portsOfOneHost } from './places.ts';
import { superviseRun } from './supervisor.ts';

/** What this runtime can do to nodes and links. */
export const processCapabilities: ReadonlySet<Capability> = new Set(commonCapabilities);

/** Why the nodes of this system cannot be processes of this host; undefined where they can. */
export function notAProcess({ name, node }: System): string | undefined {
  if (node.kind === 'program') return undefined;
  if (node.command === undefined)
    return `${name} has an image and no command, so it runs in containers only`;
  const why = noHostsFile();
  return why === undefined ? undefined : `the links of ${name} cannot be separated: ${why}`;
}

/** A host that is gone takes its controller with it. */
const neverLost = new AbortController();

/** `toxiproxy`: `auto`, `embedded`, or the path of a server. */
export function processRuntime(options: { readonly toxiproxy: string }): Runtime<AddressedCluster> {
  return {
    name: 'process',
    capabilities: processCapabilities,
    clock: hostClock,
    isVirtual: false,
    date: hostDate,
    start: (spec, signal) => startCluster(spec, options.toxiproxy, signal),
  };
}

async function startCluster(
  spec: ClusterSpec,
  choice: string,
  signal: AbortSignal,
): Promise<AddressedCluster> {
  await using starting = new AsyncDisposableStack();
  for (const node of spec.nodes) mkdirSync(nodeFolder(spec.runFolder, node), { recursive: true });
  const { node: kind } = spec.system;
  const places =
    kind.kind === 'program'
      ? await portsOfOneHost(spec.nodes)
      : await hostsOfTheirOwn(spec.nodes, kind.ports);
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
      ways: (link) => places.ways(link),
      probe: probeWith(spec.system),
    }),
  );
  const nodes = starting.use(
    launchedNodes(spec, async (node) => startNode(commandOf(spec, places, node), supervisor)),
  );
  await nodes.startAll(signal);
  const started = starting.move();
  return {
    clock: hostClock,
    nodes,
    links,
    toxiproxy: server.kind === 'embedded' ? 'embedded' : `toxiproxy-server ${server.version}`,
    ...clientsBy(spec.system, (node) => places.link({ from: clientsHost, to: node })),
    lost: neverLost.signal,
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}
