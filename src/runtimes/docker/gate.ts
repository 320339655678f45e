/**
 * The gate: the Toxiproxy container of a run, with everything that makes each link a proxy of its own.
 *
 * It owns an extra address for each link between nodes, set by a helper that lives for a moment in its network with the
 * one capability NET_ADMIN; clients' links are ports of its own address, published on loopback. A prober beside it looks
 * through links from inside.
 */
import { readFileSync } from 'node:fs';
import { allLinks, clientsHost, linkName } from '../../core/ids.ts';
import type { Link, NodeId } from '../../core/ids.ts';
import { environmentError } from '../../core/errors.ts';
import type { Address } from '../../core/seams/system.ts';
import { hostClock, nsPerMs, sleep } from '../../core/time.ts';
import type { Way } from '../../links/links.ts';
import type { Prober } from '../../links/probe.ts';
import { toxiproxyAt } from '../../links/toxiproxy.ts';
import type { RunningContainer } from './container.ts';
import { startContainer } from './container.ts';
import type { DockerRun } from './docker-run.ts';
import { everyAddress, nameOf, portsOf, runFile, servantSpec } from './docker-run.ts';
import { linkAddresses } from './network.ts';
import { pathInImage } from './node-image.ts';
import { proberAt } from './prober.ts';

export interface Gate extends Disposable {
  /** Toxiproxy's API, as the controller reaches it. */
  readonly apiUrl: string;
  readonly version: string;
  readonly probe: Prober;
  ways(link: Link): readonly Way[];
  /** The address that a peer's name stands for on a node. */
  linkHost(link: Link): string;
  /** Where the controller's clients find a node. */
  clientAddress(node: NodeId): Address;
}

const apiPort = 8474;
const proberPort = 8475;
const clientPortFirst = 30_001;

/** Resolves when Toxiproxy and the prober answer and every address is there. */
export async function startGate(run: DockerRun, signal: AbortSignal): Promise<Gate> {
  const { docker, spec, network, images } = run;
  const addresses = linkAddresses(
    network.subnet,
    allLinks(spec.nodes).filter(({ from }) => from !== clientsHost),
  );
  const clientPort = (node: NodeId) => clientPortFirst + spec.nodes.indexOf(node);
  const log = runFile(spec, 'toxiproxy.log');
  const toxiproxy = await startContainer(docker, {
    ...servantSpec(run, 'toxiproxy'),
    image: images.toxiproxy,
    network: network.name,
    environment: { LOG_LEVEL: 'debug' },
    ports: [apiPort, proberPort, ...spec.nodes.map(clientPort)],
    asksNobody: true,
    output: { stdout: log, stderr: log },
  });
  const urlOf = (port: number) => `http://127.0.0.1:${toxiproxy.hostPort(port)}`;
  const prober = proberAt(urlOf(proberPort), spec.system);
  const [host, version] = await Promise.all([
    ownAddress(toxiproxy, network.name),
    toxiproxyVersion(urlOf(apiPort), toxiproxy, log, signal),
    takeAddresses(run, toxiproxy, [...addresses.values()]),
    startProber(run, toxiproxy, () => prober.isReady(), signal),
  ]);
  const ports = portsOf(spec);
  return {
    apiUrl: urlOf(apiPort),
    version,
    probe: prober.probe,
    linkHost: (link) => addresses.get(linkName(link))!,
    ways({ from, to }) {
      const upstream = nameOf(run.runId, to);
      return from === clientsHost
        ? [way({ host, port: clientPort(to) }, { host: upstream, port: ports.client })]
        : ports.peers.map((port) =>
            way({ host: addresses.get(linkName({ from, to }))!, port }, { host: upstream, port }),
          );
    },
    clientAddress: (node) => ({ host: '127.0.0.1', port: toxiproxy.hostPort(clientPort(node)) }),
    [Symbol.dispose]: () => prober[Symbol.dispose](),
  };
}

const way = (listen: Address, upstream: Address): Way => ({ listen, upstream });

async function ownAddress({ container }: RunningContainer, network: string): Promise<string> {
  const { NetworkSettings } = await container.inspect();
  return NetworkSettings.Networks[network]!.IPAddress;
}

/** One helper, one moment: it gives the container's network its extra addresses, and is gone. */
async function takeAddresses(
  run: DockerRun,
  { container }: RunningContainer,
  addresses: readonly string[],
): Promise<void> {
  if (addresses.length === 0) return;
  const script = `printf 'address add %s/32 dev eth0\\n' "$@" | ip -batch -`;
  const helper = await startContainer(run.docker, {
    ...servantSpec(run, 'address-helper'),
    image: run.images.node,
    network: `container:${container.id}`,
    command: ['sh', '-c', script, 'sh', ...addresses],
    capabilities: ['NET_ADMIN'],
    user: '0:0',
  });
  const { status, how } = await helper.ended;
  if (status !== 0) {
    throw environmentError(
      `the links' addresses cannot be set in the Toxiproxy container: ${how}`,
      `the helper needs the capability NET_ADMIN in its own network; see ${runFile(run.spec, 'docker.log')}`,
    );
  }
}

async function startProber(
  run: DockerRun,
  { container }: RunningContainer,
  isReady: () => Promise<boolean>,
  signal: AbortSignal,
): Promise<void> {
  const program = new URL(`./probe-agent-main${ownExtension}`, import.meta.url);
  const prober = await startContainer(run.docker, {
    ...servantSpec(run, 'prober'),
    image: run.images.node,
    network: `container:${container.id}`,
    command: ['node', pathInImage(program), everyAddress, String(proberPort)],
  });
  await until('the prober', prober, isReady, signal, runFile(run.spec, 'docker.log'));
}

const ownExtension = import.meta.url.endsWith('.ts') ? '.ts' : '.js';

async function toxiproxyVersion(
  apiUrl: string,
  container: RunningContainer,
  log: string,
  signal: AbortSignal,
): Promise<string> {
  using toxiproxy = toxiproxyAt(apiUrl, answerMsMax);
  let version: string | undefined;
  const answers = async () => {
    version = await toxiproxy.version().catch(() => undefined);
    return version !== undefined;
  };
  await until('Toxiproxy', container, answers, signal, log);
  return version!;
}

const readyMsMax = 15_000;
const answerMsMax = 1000;
const pollMs = 20;

/** Waits until a container of ours answers; throws when it ends first, or takes too long. */
async function until(
  what: string,
  container: RunningContainer,
  answers: () => Promise<boolean>,
  signal: AbortSignal,
  log: string,
): Promise<void> {
  let how: string | undefined;
  void container.ended.then((end) => (how = end.how));
  const deadline = AbortSignal.timeout(readyMsMax);
  while (!(await answers())) {
    if (how !== undefined) {
      const words = readFileSync(log, 'utf8').trimEnd().split('\n').at(-1) ?? '';
      throw environmentError(`${what} ended at its start: ${how}, saying "${words}"`, `see ${log}`);
    }
    if (deadline.aborted)
      throw environmentError(`${what} did not answer within ${readyMsMax / 1000} s`, `see ${log}`);
    await sleep(hostClock, pollMs * nsPerMs, signal);
  }
}
