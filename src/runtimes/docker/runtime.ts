/**
 * The `docker` runtime: nodes are containers of a private network, and everything between them goes through a Toxiproxy
 * container.
 *
 * Order of start: reaper, network, gate (Toxiproxy and its addresses), all links, nodes. Order of end: the reverse; last,
 * everything that bears the run's label is removed, whatever it is.
 */
import { mkdirSync } from 'node:fs';
import { environmentError } from '../../core/errors.ts';
import { allLinks } from '../../core/ids.ts';
import type { Plan } from '../../core/plan.ts';
import type {
  AddressedCluster,
  Capability,
  ClusterSpec,
  Runtime,
} from '../../core/seams/runtime.ts';
import type { System } from '../../core/seams/system.ts';
import { hostClock, hostDate } from '../../core/time.ts';
import { openLinks } from '../../links/links.ts';
import { commonCapabilities } from '../capabilities.ts';
import { clientsBy } from '../clients-by.ts';
import { launchedNodes, nodeFolder } from '../nodes.ts';
import { startReaper } from '../reaper.ts';
import type { Reaper } from '../reaper.ts';
import { connectDocker, daemonSaid } from './daemon.ts';
import type { Docker } from './daemon.ts';
import { watchDaemon } from './daemon-watch.ts';
import type { DockerRun } from './docker-run.ts';
import { nameOf } from './docker-run.ts';
import { startGate } from './gate.ts';
import { presentImage, publicImages } from './images.ts';
import type { RunImages } from './images.ts';
import { freshRunId, label, runLabels } from './labels.ts';
import { removeRun } from './leftovers.ts';
import { createNetwork } from './network.ts';
import { nodeContainers } from './node-containers.ts';
import { nodeImage } from './node-image.ts';

/** What this runtime can do to nodes and links. */
export const dockerCapabilities: ReadonlySet<Capability> = new Set(commonCapabilities);

/** Why the nodes of this system cannot be containers; undefined where they can. */
export function notAContainer({ name, node }: System, plan: Plan): string | undefined {
  if (plan.toxiproxy !== 'auto')
    return `--toxiproxy ${plan.toxiproxy} is for nodes of this host; in containers, --image toxiproxy=IMAGE says which`;
  if (node.kind === 'server' && imageOf(node.image, plan.images[name]) === undefined)
    return `${name} has no image; --image ${name}=IMAGE names one`;
  return undefined;
}

const imageOf = (own: string | undefined, given: string | undefined) => given ?? own;

/** Containers of this machine's Docker daemon; every image that it needs may be overruled by the plan. */
export const dockerRuntime: Runtime<AddressedCluster> = {
  name: 'docker',
  capabilities: dockerCapabilities,
  clock: hostClock,
  isVirtual: false,
  date: hostDate,
  start: startCluster,
};

async function startCluster(spec: ClusterSpec, signal: AbortSignal): Promise<AddressedCluster> {
  for (const node of spec.nodes) mkdirSync(nodeFolder(spec.runFolder, node), { recursive: true });
  const docker = await connectDocker();
  const images = await presentImages(docker, spec);
  signal.throwIfAborted();
  const runId = freshRunId();
  await using starting = new AsyncDisposableStack();
  const reaper = startReaper(import.meta.url, runId);
  starting.defer(() => removeAll(docker, runId, reaper));
  const watch = starting.use(await watchDaemon(docker));
  const labels = runLabels(runId, spec.runFolder);
  const network = await createNetwork(docker, nameOf(runId, 'network'), {
    ...labels,
    [label.role]: 'network',
  });
  const run: DockerRun = { docker, runId, labels, images, network, spec };
  const gate = starting.use(await startGate(run, signal));
  const links = starting.use(
    await openLinks({
      server: gate,
      links: allLinks(spec.nodes),
      ways: (link) => gate.ways(link),
      probe: gate.probe,
    }),
  );
  const containers = nodeContainers(run, gate);
  if (spec.keepDisks) starting.defer(() => containers.keepDisks());
  const nodes = starting.use(launchedNodes(spec, containers.launch));
  await nodes.startAll(signal);
  const started = starting.move();
  return {
    clock: hostClock,
    nodes,
    links,
    toxiproxy: `toxiproxy ${gate.version} (${images.toxiproxy})`,
    ...clientsBy(spec.system, (node) => gate.clientAddress(node)),
    lost: watch.lost,
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}

/** What cannot be removed now is left to the reaper, which goes on trying when this process has ended. */
async function removeAll(docker: Docker, runId: string, reaper: Reaper): Promise<void> {
  try {
    await removeRun(docker, runId);
  } catch (cause) {
    throw environmentError(
      `what the run had in Docker is not all removed yet: ${daemonSaid(cause)}`,
      'a reaper goes on trying; dsp clean tells what is left',
      cause,
    );
  }
  reaper.stdin.end('done\n');
  await reaper;
}

async function presentImages(docker: Docker, { system, images }: ClusterSpec): Promise<RunImages> {
  const toxiproxy = images['toxiproxy'] ?? publicImages.toxiproxy;
  const server =
    system.node.kind === 'server' ? imageOf(system.node.image, images[system.name]) : undefined;
  const [node] = await Promise.all([
    nodeImage(docker, images['base']),
    presentImage(docker, 'toxiproxy', toxiproxy),
    ...(server === undefined ? [] : [presentImage(docker, system.name, server)]),
  ]);
  return { node, toxiproxy, server };
}
