/**
 * The `sim` runtime: the whole cluster in this process, under virtual time, with a simulated network, disks and clocks.
 *
 * The node programs are the same; only their Env is another. What happens depends on the plan alone: the same plan gives
 * the same history and traces, byte for byte. No idle time is waited for ([ADR 10](docs/adr/0010-simulator.md)).
 */
import { inProcess } from '../../../nodes/in-process.ts';
import type { InProcessSystem } from '../../../nodes/in-process.ts';
import { askStatus } from '../../../nodes/sdk/ask-status.ts';
import type { Passage } from '../../../nodes/sdk/memory/network.ts';
import { virtualEpochMs } from '../../../nodes/sdk/memory/node-clock.ts';
import { Timeline } from '../../../nodes/sdk/memory/timeline.ts';
import { MemoryWorld } from '../../../nodes/sdk/memory/world.ts';
import type { Capability, Cluster, ClusterSpec, Runtime } from '../../core/seams/runtime.ts';
import type { System } from '../../core/seams/system.ts';
import { commonCapabilities } from '../capabilities.ts';
import { launchedNodes } from '../nodes.ts';
import type { RunningNode } from '../nodes.ts';
import { timelineClock } from './clock.ts';
import { simulatedClocks, simulatedDisks } from './faults.ts';
import { simulatedLinks } from './links.ts';
import { weatherOf } from './options.ts';
import { outputInFolder } from './output.ts';
import type { SimulationOutput } from './output.ts';
import { describeWeather } from './weather.ts';
import { listenForRejections } from './rejections.ts';

/** Everything that the seam has a word for. */
export const simCapabilities: ReadonlySet<Capability> = new Set([
  ...commonCapabilities,
  'clocks.offset',
  'clocks.drift',
  'clocks.strobe',
  'disks.lose-power',
  'disks.damage',
  'disks.slow',
]);

/** Why the nodes of this system cannot be simulated; undefined where they can. */
export const notSimulated = ({ name, node }: System): string | undefined =>
  node.kind === 'program' && Object.hasOwn(inProcess, name)
    ? undefined
    : `${name} is a server as it is, and only node programs written against Env can be simulated; --runtime process or docker runs it`;

export interface Simulation {
  /** Into the run's folder if absent. */
  readonly output?: SimulationOutput;
  /** Told what became of every frame. */
  readonly onPassage?: (passage: Passage) => void;
  /** What the nodes run; the program of the plan's system if absent. */
  readonly system?: InProcessSystem;
}

/** A runtime for one cluster, whose time begins at 0. */
export function simRuntime(simulation: Simulation = {}): Runtime {
  const timeline = new Timeline();
  return {
    name: 'sim',
    capabilities: simCapabilities,
    clock: timelineClock(timeline),
    isVirtual: true,
    date: () => new Date(virtualEpochMs + timeline.nowMs),
    start: (spec, signal) => startCluster(timeline, spec, simulation, signal),
  };
}

/** Its ground is this process. */
const neverLost = new AbortController();

async function startCluster(
  timeline: Timeline,
  spec: ClusterSpec,
  simulation: Simulation,
  signal: AbortSignal,
): Promise<Cluster> {
  await using starting = new AsyncDisposableStack();
  const output = starting.use(simulation.output ?? outputInFolder(spec.runFolder, spec.nodes));
  const { program, connect } = simulation.system ?? inProcess[spec.system.name]!;
  const weather = weatherOf(spec.options, spec.seed);
  const ends = new Map<string, (how: string) => void>();
  const world = new MemoryWorld({
    seed: `${spec.seed}/world`,
    program,
    settings: { members: spec.nodes, bugs: spec.bugs, options: spec.options },
    weather,
    timeline,
    output,
    onExit: (node, how) => ends.get(node)?.(how),
  });
  world.network.onPassage = simulation.onPassage;
  starting.use(listenForRejections());
  starting.defer(timeline.go());
  const clock = timelineClock(timeline);
  const launch = async (node: (typeof spec.nodes)[number]): Promise<RunningNode> => {
    const { promise: ended, resolve } = Promise.withResolvers<string>();
    ends.set(node, resolve);
    world.start(node);
    return {
      address: { host: node, port: 0 },
      ended,
      state: async () => world.state(node),
      async kill() {
        world.kill(node);
        resolve('SIGKILL');
      },
      pause: async () => world.pause(node),
      resume: async () => world.resume(node),
    };
  };
  const nodes = starting.use(
    launchedNodes(spec, launch, {
      clock,
      status: (_, timeoutMs, node) =>
        askStatus(world.clientWorld(node, 'controller'), node, timeoutMs),
    }),
  );
  await nodes.startAll(signal);
  const started = starting.move();
  return {
    clock,
    nodes,
    links: simulatedLinks(world, spec.nodes),
    clocks: simulatedClocks(world),
    disks: simulatedDisks(world, spec.seed, (node) => nodes.kill(node)),
    toxiproxy: `none: simulated, ${describeWeather(weather)}`,
    connect: ({ node, client }) => connect(world.clientWorld(node), client),
    lost: neverLost.signal,
    async [Symbol.asyncDispose]() {
      await turnOfHost();
      await started.disposeAsync();
    },
  };
}

/** In which Node gives word of the last promises that were rejected, while there is still somebody who knows whose they are. */
const turnOfHost = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
