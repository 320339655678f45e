/**
 * A whole cluster in one process under virtual time: nodes on memory disks, a memory network, faults by hand.
 *
 * What happens depends on the seed and on what the test does, and on nothing else. A second Env implementation, so that
 * node programs are tested as they are, and whatever they do beside Env shows.
 */
import { clientsHost, type HostId, type NodeId } from '../../../src/core/ids.ts';
import { seededRandom, type Random } from '../../../src/core/random.ts';
import { nsPerMs, type TrueTimeNs, type WallTimeMs } from '../../../src/core/time.ts';
import type { Traced } from '../../../src/core/trace.ts';
import type { ClientWorld } from '../conversation.ts';
import type { Env, MonotonicTimeMs } from '../env.ts';
import type { Files } from '../files.ts';
import type { NodeProgram, NodeSettings } from '../program.ts';
import { MemoryDisk } from './disk.ts';
import { MemoryNetwork, type Latency, type Resident } from './network.ts';
import { Timeline } from './timeline.ts';

export interface WorldOptions extends Latency {
  readonly seed: number | string;
  readonly program: NodeProgram;
  readonly settings: NodeSettings;
}

const defaults = { latencyMsMin: 0.1, latencyMsMax: 0.5 };

/** What a file operation takes that need not wait for the disk. */
const fileOperationMs = 0.02;

export class MemoryWorld {
  readonly timeline = new Timeline();
  readonly network: MemoryNetwork;
  /** All that was traced, in order. */
  readonly trace: Traced[] = [];
  readonly logs: string[] = [];
  /** How long a sync takes, on every node's disk. */
  syncMs = 0.3;
  readonly #options: WorldOptions;
  readonly #random: Random;
  readonly #disks = new Map<NodeId, MemoryDisk>();
  readonly #lives = new Map<NodeId, Life>();

  constructor(options: Omit<WorldOptions, keyof typeof defaults> & Partial<WorldOptions>) {
    this.#options = { ...defaults, ...options };
    this.#random = seededRandom(options.seed);
    this.network = new MemoryNetwork(this.timeline, this.#random.fork('network'), this.#options);
  }

  get members(): readonly NodeId[] {
    return this.#options.settings.members;
  }

  disk(node: NodeId): MemoryDisk {
    const disk = this.#disks.get(node) ?? new MemoryDisk();
    this.#disks.set(node, disk);
    return disk;
  }

  /** Starts a node on its disk. */
  start(node: NodeId, settings: Partial<NodeSettings> = {}): void {
    if (this.isAlive(node)) throw new Error(`${node} is running`);
    const life = new Life(node, this.timeline);
    this.#lives.set(node, life);
    const env = this.#env(node, life);
    life.act(() => {
      this.#options.program(env, { ...this.#options.settings, ...settings }).catch((error) => {
        throw error;
      });
    });
  }

  startAll(): void {
    for (const node of this.members) this.start(node);
  }

  /** The node's process ends at once; its disk keeps what it wrote. */
  kill(node: NodeId): void {
    const life = this.#lives.get(node);
    if (life === undefined) return;
    life.end();
    this.#lives.delete(node);
    this.network.bury(life);
  }

  /** The node's process ends at once, and its disk keeps what it synced, and perhaps more. */
  losePower(node: NodeId): void {
    this.kill(node);
    this.disk(node).losePower(this.#random);
  }

  isAlive(node: NodeId): boolean {
    return this.#lives.has(node);
  }

  pause(node: NodeId): void {
    this.#lives.get(node)?.pause();
  }

  resume(node: NodeId): void {
    this.#lives.get(node)?.resume();
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

  /** A client's way to a node. */
  clientWorld(node: NodeId): ClientWorld {
    const client: Resident = { host: clientsHost, act: (what) => what() };
    return {
      dial: (events) => this.network.dial(client, node, events),
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

  #env(node: NodeId, life: Life): Env {
    const { timeline, network } = this;
    const after = (delayMs: number, callback: () => void) => {
      let cancelled = false;
      const cancel = timeline.after(delayMs, () => life.act(() => cancelled || callback()));
      return () => {
        cancelled = true;
        cancel();
      };
    };
    return {
      node,
      wallNow: () => timeline.nowMs as WallTimeMs,
      monotonicNow: () => timeline.nowMs as MonotonicTimeMs,
      after,
      random: this.#random.fork(node),
      network: {
        listen: (accept) => Promise.resolve(network.listen(life, accept)),
        connect: (to, events) => network.dial(life, to, events),
      },
      files: this.#files(this.disk(node), life),
      trace: (event, fields) => {
        if (life.isOver) return;
        const timeNs = Math.round(timeline.nowMs * nsPerMs) as TrueTimeNs;
        this.trace.push({ node, timeNs, event, ...fields } as Traced);
      },
      log: (line) => void this.logs.push(`${node}: ${line}`),
      exit: () => this.kill(node),
    };
  }

  /** One operation at a time; what a killed node has asked for and not begun is not done. */
  #files(disk: MemoryDisk, life: Life): Files {
    let freeAtMs = 0;
    const inTurn = <T>(durationMs: number, operation: () => T): Promise<T> =>
      new Promise((resolve) => {
        freeAtMs = Math.max(this.timeline.nowMs, freeAtMs) + durationMs;
        this.timeline.after(freeAtMs - this.timeline.nowMs, () =>
          life.act(() => resolve(operation())),
        );
      });
    const soon = fileOperationMs;
    return {
      read: (name) => inTurn(soon, () => disk.read(name)),
      append: (name, bytes) => inTurn(soon, () => disk.append(name, bytes)),
      truncate: (name, length) => inTurn(soon, () => disk.truncate(name, length)),
      rename: (from, to) => inTurn(soon, () => disk.rename(from, to)),
      remove: (name) => inTurn(soon, () => disk.remove(name)),
      list: () => inTurn(soon, () => disk.list()),
      syncFile: (name) => inTurn(this.syncMs, () => disk.syncFile(name)),
      syncFolder: () => inTurn(this.syncMs, () => disk.syncFolder()),
    };
  }
}

/** One run of a node's program, from its start to its end. */
class Life implements Resident {
  readonly host: NodeId;
  readonly #timeline: Timeline;
  #state: 'running' | 'paused' | 'dead' = 'running';
  /** What happens to it once it is resumed. */
  #held: (() => void)[] = [];

  constructor(host: NodeId, timeline: Timeline) {
    this.host = host;
    this.#timeline = timeline;
  }

  get isOver(): boolean {
    return this.#state === 'dead';
  }

  act(what: () => void): void {
    if (this.#state === 'running') what();
    else if (this.#state === 'paused') this.#held.push(what);
  }

  pause(): void {
    if (this.#state === 'running') this.#state = 'paused';
  }

  resume(): void {
    if (this.#state !== 'paused') return;
    this.#state = 'running';
    const held = this.#held;
    this.#held = [];
    for (const what of held) this.#timeline.after(0, () => this.act(what));
  }

  end(): void {
    this.#state = 'dead';
    this.#held = [];
  }
}
