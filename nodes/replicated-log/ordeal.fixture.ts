/**
 * An ordeal: a cluster under virtual time, with clients and faults drawn from a seed, recorded as a run's history and trace.
 *
 * It serves the tests of this folder: the right parts must pass any number of seeds, each planted bug must be found in
 * some. It is no runtime; operations and faults come from here and not from the workloads and nemeses of a run.
 */
import { classify } from '../../src/core/error-registry.ts';
import type { Entry, EntryType } from '../../src/core/history/entry.ts';
import { clientsHost, type HostId, type NodeId } from '../../src/core/ids.ts';
import { seededRandom, type Random } from '../../src/core/random.ts';
import { fail, ok, type Completion } from '../../src/core/seams/client.ts';
import type { CheckInput } from '../../src/core/seams/checker.ts';
import { nsPerMs, type TrueTimeNs } from '../../src/core/time.ts';
import { traceOf } from '../../src/core/trace.ts';
import type { Value } from '../../src/core/seams/system.ts';
import { MemoryCluster, type MemoryClusterOptions } from './memory-cluster.fixture.ts';
import { openSession, type ReplicatedLogSession } from './session.ts';

export const faultNames = ['partition', 'kill', 'pause', 'power-loss', 'slow-disk'] as const;
export type Fault = (typeof faultNames)[number];

export interface Ordeal extends MemoryClusterOptions {
  readonly faults: readonly Fault[];
  readonly seconds: number;
  readonly clients: number;
}

const keys = ['a', 'b', 'c', 'd', 'e'];
const thinkMsMax = 100;
const operationMsMax = 2000;
const msPerSecond = 1000;

/** Runs the ordeal, heals, and reads every key at the end. */
export async function undergo(ordeal: Ordeal): Promise<CheckInput> {
  const cluster = new MemoryCluster(ordeal);
  const random = seededRandom(ordeal.seed).fork('ordeal');
  const clients = new Clients(cluster, random.fork('clients'));
  await cluster.elect();
  clients.start(ordeal.clients);
  const endMs = cluster.world.timeline.nowMs + ordeal.seconds * msPerSecond;
  const faults = random.fork('faults');
  const inflictOne = (): (() => void) =>
    inflict(cluster, faults.pick(ordeal.faults), faults.fork(`${cluster.world.timeline.nowMs}`));
  while (cluster.world.timeline.nowMs < endMs) {
    await cluster.world.run(faults.integer(500, 2000));
    const heal = inflictOne();
    await cluster.world.run(faults.integer(1000, 4000));
    if (faults.chance(0.3)) {
      // A second fault on top of the first, which ends while the second lasts.
      const healSecond = inflictOne();
      heal();
      await cluster.world.run(faults.integer(1000, 4000));
      healSecond();
    } else heal();
  }
  await cluster.world.run(3 * operationMsMax);
  await clients.stop();
  const header = { format: 'dsp-history', version: 1, originNs: 0, startedAt: '' } as const;
  return {
    history: { header, entries: clients.entries, torn: false },
    trace: traceOf(cluster.world.trace),
    nodes: cluster.ids,
  };
}

/** Does what the fault says, and returns what undoes it. */
function inflict(cluster: MemoryCluster, fault: Fault, random: Random): () => void {
  const { world, ids } = cluster;
  const shuffled = random.shuffle(ids);
  const leader = cluster.leader() ?? shuffled[0]!;
  const minority = shuffled.slice(0, Math.floor((ids.length - 1) / 2));
  const victims = random.chance(0.5) ? [leader] : minority;
  const everyVictim = (act: (node: NodeId) => void): void => victims.forEach(act);
  const restart = (): void => victims.forEach((node) => world.isAlive(node) || world.start(node));
  switch (fault) {
    case 'partition':
      cutSome(cluster, victims, random);
      return () => world.healAll();
    case 'kill':
      everyVictim((node) => world.kill(node));
      return restart;
    case 'pause':
      everyVictim((node) => world.pause(node));
      return () => everyVictim((node) => world.resume(node));
    case 'slow-disk':
      everyVictim((node) => world.slowDisk(node, 300));
      return () => everyVictim((node) => world.slowDisk(node));
    case 'power-loss':
      for (const node of ids) world.losePower(node);
      for (const node of ids) world.start(node);
      return () => {};
  }
}

/** Halves that know nothing of each other, or links that work one way only. */
function cutSome({ world, ids }: MemoryCluster, victims: readonly NodeId[], random: Random): void {
  const rest = ids.filter((id) => !victims.includes(id));
  const oneWay = (from: readonly HostId[], to: readonly HostId[]): void =>
    from.forEach((a) => to.forEach((b) => world.network.cut(a, b)));
  switch (random.integer(0, 3)) {
    case 0:
    case 1:
      return world.partition(victims, rest);
    case 2:
      return oneWay(rest, victims);
    default:
      for (const a of ids) for (const b of ids) if (a !== b && random.chance(0.4)) oneWay([a], [b]);
      if (random.chance(0.2)) oneWay([clientsHost], victims);
  }
}

/** Clients that each have one operation at a time, and what they saw. */
class Clients {
  readonly entries: Entry[] = [];
  readonly #cluster: MemoryCluster;
  readonly #random: Random;
  readonly #running: Promise<void>[] = [];
  #nextProcess = 0;
  #values = 0;
  #stopped = false;

  constructor(cluster: MemoryCluster, random: Random) {
    this.#cluster = cluster;
    this.#random = random;
  }

  start(count: number): void {
    for (let thread = 0; thread < count; thread++) this.#running.push(this.#live(thread));
  }

  /** Ends all clients, then reads every key through two nodes. */
  async stop(): Promise<void> {
    this.#stopped = true;
    const { world, ids } = this.#cluster;
    await world.settle(Promise.all(this.#running), 4 * operationMsMax);
    const reads = async (node: NodeId): Promise<void> => {
      const session = await openSession(world.clientWorld(node), 'final');
      const process = this.#nextProcess++;
      for (const key of keys) await this.#perform(session, process, { f: 'read', key });
    };
    for (const node of ids.slice(0, 2)) await world.settle(reads(node), 20 * operationMsMax);
  }

  async #live(thread: number): Promise<void> {
    const { world, ids } = this.#cluster;
    const random = this.#random.fork(`thread-${thread}`);
    const node = ids[thread % ids.length]!;
    while (!this.#stopped) {
      const process = this.#nextProcess++;
      const session = await openSession(world.clientWorld(node), `p${process}`).catch(() => {});
      let certain = session !== undefined;
      while (certain && !this.#stopped) {
        await this.#sleep(random.integer(1, thinkMsMax));
        certain = await this.#perform(session!, process, this.#draw(random));
      }
      await session?.close();
      await this.#sleep(random.integer(1, thinkMsMax));
    }
  }

  #draw(random: Random): Operation {
    const key = random.pick(keys);
    const value = ++this.#values;
    const kind = random.integer(0, 19);
    if (kind < 10) return { f: 'read', key };
    if (kind < 17) return { f: 'write', key, value };
    const from = Math.max(0, value - random.integer(1, 4 * keys.length));
    return { f: 'compare-and-set', key, value: [from, value] };
  }

  /** False when the session is of no use any more, or nobody knows whether it happened. */
  async #perform(
    session: ReplicatedLogSession,
    process: number,
    operation: Operation,
  ): Promise<boolean> {
    const { timeline } = this.#cluster.world;
    const abort = new AbortController();
    const cancel = timeline.after(operationMsMax, () => abort.abort());
    this.#record(process, 'invoke', operation, valueOf(operation));
    const completion = await invoke(session, operation, abort.signal).catch(classify);
    cancel();
    const value = completion.type === 'ok' ? completion.value : valueOf(operation);
    this.#record(process, completion.type, operation, value, errorOf(completion));
    return completion.type !== 'info' && session.isOpen();
  }

  #record(process: number, type: EntryType, { f, key }: Operation, value: unknown, error?: string) {
    const timeNs = Math.round(this.#cluster.world.timeline.nowMs * nsPerMs) as TrueTimeNs;
    const index = this.entries.length;
    const why = error === undefined ? {} : { error };
    this.entries.push({ index, timeNs, process, type, f, key, value, ...why });
  }

  #sleep(forMs: number): Promise<void> {
    return new Promise((resolve) => {
      this.#cluster.world.timeline.after(forMs, resolve);
    });
  }
}

type Operation =
  | { readonly f: 'read'; readonly key: string }
  | { readonly f: 'write'; readonly key: string; readonly value: number }
  | {
      readonly f: 'compare-and-set';
      readonly key: string;
      readonly value: readonly [from: Value, to: Value];
    };

async function invoke(
  session: ReplicatedLogSession,
  operation: Operation,
  signal: AbortSignal,
): Promise<Completion> {
  switch (operation.f) {
    case 'read':
      return ok(await session.get(operation.key, signal));
    case 'write':
      await session.put(operation.key, operation.value, signal);
      return ok(operation.value);
    case 'compare-and-set': {
      const [from, to] = operation.value;
      const done = await session['compare-and-set'](operation.key, from, to, signal);
      return done ? ok(operation.value) : fail('other value');
    }
  }
}

const valueOf = (operation: Operation): unknown => ('value' in operation ? operation.value : null);

const errorOf = (completion: Completion): string | undefined =>
  completion.type === 'ok' ? undefined : completion.error;
