/**
 * A whole cluster in one process under virtual time: nodes on memory disks, a memory network, faults by hand.
 *
 * What happens depends on the seed and on what the test does, and on nothing else. A second Env implementation, so that
 * node programs are tested as they are, and whatever they do beside Env shows.
 */
import { clientsHost, type HostId, type NodeId } from '../../../src/core/ids.ts';
import { seededRandom, type Random } from '../../../src/core/random.ts';
import type { DiskReading } from '../../../src/core/seams/runtime.ts';
import { nsPerMs, type TrueTimeNs } from '../../../src/core/time.ts';
import type { Traced } from '../../../src/core/trace.ts';
import type { ClientWorld } from '../conversation.ts';
import { lastStatus, lastWords } from '../last-words.ts';
import type { NodeProgram, NodeSettings } from '../program.ts';
import { MemoryDisk } from './disk.ts';
import { Life } from './life.ts';
import { MemoryNetwork, type NetworkWeather, type Resident } from './network.ts';
import { NodeClock } from './node-clock.ts';
import { nodeEnv } from './node-env.ts';
import { Timeline } from './timeline.ts';
import type { WorldHost } from './ways.ts';

/** How the world is when nothing is done to it. */
export interface Weather extends NetworkWeather {
  /** How long a sync takes, on every node's disk. */
  readonly syncMs: number;
}

export const fairWeather: Weather = {
  latencyMsMin: 0.1,
  latencyMsMax: 0.5,
  slowShare: 0,
  lossesPerHour: 0,
  syncMs: 0.3,
};

/** Where what nodes say of themselves goes. */
export interface WorldOutput {
  trace(event: Traced): void;
  log(node: NodeId, line: string): void;
}

export interface WorldOptions {
  readonly seed: number | string;
  readonly program: NodeProgram;
  readonly settings: NodeSettings;
  readonly weather?: Partial<Weather>;
  /** One of its own if absent. */
  readonly timeline?: Timeline;
  /** Kept in the world if absent. */
  readonly output?: WorldOutput;
  /** Told of every node that ends by itself, with how. */
  readonly onExit?: (node: NodeId, how: string) => void;
}

/** The nodes, what is between them, and the time that passes for all of them. */
export class MemoryWorld {
  readonly timeline: Timeline;
  readonly network: MemoryNetwork;
  /** All that was traced, in order, and all that was logged, where there is no other output. */
  readonly trace: Traced[] = [];
  readonly logs: string[] = [];
  readonly #options: WorldOptions;
  readonly #output: WorldOutput;
  readonly #random: Random;
  readonly #hosts = new Map<NodeId, Host>();

  constructor(options: WorldOptions) {
    const weather = { ...fairWeather, ...options.weather };
    this.#options = options;
    this.timeline = options.timeline ?? new Timeline();
    this.#output = options.output ?? this.#kept();
    this.#random = seededRandom(options.seed);
    this.network = new MemoryNetwork(this.timeline, this.#random.fork('network'), weather);
    for (const node of options.settings.members) {
      const clock = new NodeClock(() => this.timeline.nowMs);
      const disk = new MemoryDisk();
      this.#hosts.set(node, {
        clock,
        disk,
        powerLosses: this.#random.fork(node).fork('power-losses'),
        usualSyncMs: weather.syncMs,
        syncMs: weather.syncMs,
        lives: 0,
        life: undefined,
      });
    }
  }

  get members(): readonly NodeId[] {
    return this.#options.settings.members;
  }

  disk(node: NodeId): MemoryDisk {
    return this.#host(node).disk;
  }

  clock(node: NodeId): NodeClock {
    return this.#host(node).clock;
  }

  /** How long a sync of the node's disk takes, and would take if nothing were done to it. */
  diskReading(node: NodeId): DiskReading {
    const { syncMs, usualSyncMs } = this.#host(node);
    return { syncMs, usualSyncMs };
  }

  /** From now on a sync takes so long; as long as ever, if nothing is said. */
  slowDisk(node: NodeId, syncMs?: number): void {
    const host = this.#host(node);
    host.syncMs = syncMs ?? host.usualSyncMs;
  }

  /** Starts a node on its disk. */
  start(node: NodeId, settings: Partial<NodeSettings> = {}): void {
    if (this.isAlive(node)) throw new Error(`${node} is running`);
    const host = this.#host(node);
    const life = new Life(node, this.timeline, (_, thrown) => {
      this.#output.log(node, lastWords(thrown));
      this.#exit(life, lastStatus(thrown));
    });
    host.life = life;
    host.lives += 1;
    const env = nodeEnv({
      life,
      network: this.network,
      clock: host.clock,
      disk: host.disk,
      random: this.#random.fork(node).fork(`life/${host.lives}`),
      syncMs: () => host.syncMs,
      trace: (event, fields) =>
        this.#output.trace(traced(node, this.timeline.nowMs, event, fields)),
      log: (line) => this.#output.log(node, line),
      exit: (status) => this.#exit(life, status),
    });
    life.act(() => {
      this.#options
        .program(env, { ...this.#options.settings, ...settings })
        .catch((error: unknown) => life.failed(error));
    });
  }

  startAll(): void {
    for (const node of this.members) this.start(node);
  }

  /** The node's process ends at once; its disk keeps what it wrote. */
  kill(node: NodeId): void {
    const { life } = this.#host(node);
    if (life !== undefined) this.#end(life);
  }

  /** The node's process ends at once, and its disk keeps what it synced, and perhaps more. Returns the bytes that are gone. */
  losePower(node: NodeId): number {
    this.kill(node);
    const { disk, powerLosses } = this.#host(node);
    return disk.losePower(powerLosses);
  }

  isAlive(node: NodeId): boolean {
    return this.#host(node).life !== undefined;
  }

  state(node: NodeId): 'running' | 'paused' | 'dead' {
    return this.#host(node).life?.state ?? 'dead';
  }

  pause(node: NodeId): void {
    this.#host(node).life?.pause();
  }

  resume(node: NodeId): void {
    this.#host(node).life?.resume();
  }

  /** Cuts all links between the two groups, both ways. */
  partition(one: readonly HostId[], other: readonly HostId[]): void {
    for (const a of one)
      for (const b of other) {
        this.network.cut(a, b);
        this.network.cut(b, a);
      }
  }

  /** Heals all links between the two groups, both ways. */
  heal(one: readonly HostId[], other: readonly HostId[]): void {
    for (const a of one)
      for (const b of other) {
        this.network.heal(a, b);
        this.network.heal(b, a);
      }
  }

  healAll(): void {
    const hosts = [...this.members, clientsHost];
    this.heal(hosts, hosts);
  }

  /** The way to a node of somebody who is no node: a client, unless another is named. */
  clientWorld(node: NodeId, host: WorldHost = clientsHost): ClientWorld {
    const visitor: Resident = { host, act: (what) => what() };
    return {
      dial: (events) => this.network.dial(visitor, node, events),
      after: (delayMs, callback) => this.timeline.after(delayMs, callback),
    };
  }

  /** Lets this much time pass. */
  async run(forMs: number): Promise<void> {
    const endMs = this.timeline.nowMs + forMs;
    while (await this.timeline.step(endMs));
  }

  /** Lets time pass until the condition holds; throws when it does not within `limitMs`. */
  async runUntil(condition: () => boolean, limitMs: number): Promise<void> {
    const endMs = this.timeline.nowMs + limitMs;
    while (!condition())
      if (!(await this.timeline.step(endMs)) && !condition())
        throw new Error(`not within ${limitMs} ms`);
  }

  /** Lets time pass until the promise settles, and gives its value; throws when it does not within `limitMs`. */
  async settle<T>(promise: Promise<T>, limitMs: number): Promise<T> {
    let settled = false;
    promise.finally(() => (settled = true)).catch(() => {});
    await this.runUntil(() => settled, limitMs);
    return promise;
  }

  #host(node: NodeId): Host {
    return this.#hosts.get(node)!;
  }

  #end(life: Life): void {
    life.end();
    this.#host(life.host).life = undefined;
    this.network.bury(life);
  }

  /** A life that is over already has nothing more to end. */
  #exit(life: Life, status: number): void {
    if (life.state === 'dead') return;
    this.#end(life);
    this.#options.onExit?.(life.host, `exit code ${status}`);
  }

  #kept(): WorldOutput {
    return {
      trace: (event) => void this.trace.push(event),
      log: (node, line) => void this.logs.push(`${node}: ${line}`),
    };
  }
}

/** What of a node outlives its program. */
interface Host {
  readonly clock: NodeClock;
  readonly disk: MemoryDisk;
  /** What a power failure leaves of what was not synced. */
  readonly powerLosses: Random;
  readonly usualSyncMs: number;
  syncMs: number;
  lives: number;
  life: Life | undefined;
}

const traced = (node: NodeId, nowMs: number, event: string, fields: object): Traced =>
  ({ node, timeNs: Math.round(nowMs * nsPerMs) as TrueTimeNs, event, ...fields }) as Traced;
