/**
 * A network in memory: frames take their time, keep their order within a connection, and can be cut off one way.
 *
 * It behaves as a link through Toxiproxy does. A cut swallows in silence and leaves connections open, new ones too; when it
 * is healed, the connections that it swallowed from are closed. A dead node refuses.
 */
import type { HostId, NodeId } from '../../../src/core/ids.ts';
import type { Random } from '../../../src/core/random.ts';
import type { Connection, ConnectionEvents, DialEvents, Frame } from '../network.ts';
import type { Timeline } from './timeline.ts';

/** Who lives at a host, for as long as it lives. */
export interface Resident {
  readonly host: HostId;
  /** Lets something happen to it, at once or when it can next act; never once it is dead. */
  act(what: () => void): void;
}

interface Listener {
  readonly resident: Resident;
  accept(connection: Connection): ConnectionEvents;
}

export interface Latency {
  readonly latencyMsMin: number;
  readonly latencyMsMax: number;
}

export class MemoryNetwork {
  readonly timeline: Timeline;
  readonly #random: Random;
  readonly #latency: Latency;
  readonly #listeners = new Map<HostId, Listener>();
  readonly #cuts = new Set<string>();
  readonly #pipes = new Set<Pipe>();

  constructor(timeline: Timeline, random: Random, latency: Latency) {
    this.timeline = timeline;
    this.#random = random;
    this.#latency = latency;
  }

  listen(resident: Resident, accept: Listener['accept']): void {
    this.#listeners.set(resident.host, { resident, accept });
  }

  dial(from: Resident, to: NodeId, events: DialEvents): Connection {
    const pipe = new Pipe(this, from, to, events);
    this.#pipes.add(pipe);
    this.timeline.after(this.drawLatencyMs(), () => pipe.arrive(this.#listeners.get(to)));
    return pipe.near;
  }

  /** From now on nothing that `from` sends reaches `to`. */
  cut(from: HostId, to: HostId): void {
    this.#cuts.add(`${from} ${to}`);
  }

  heal(from: HostId, to: HostId): void {
    if (!this.#cuts.delete(`${from} ${to}`)) return;
    for (const pipe of this.#pipes) pipe.healed();
  }

  isCut(from: HostId, to: HostId): boolean {
    return this.#cuts.has(`${from} ${to}`);
  }

  /** The resident is dead: its listener and all its connections end. */
  bury(resident: Resident): void {
    if (this.#listeners.get(resident.host)?.resident === resident)
      this.#listeners.delete(resident.host);
    for (const pipe of this.#pipes) pipe.bury(resident);
  }

  drawLatencyMs(): number {
    const { latencyMsMin, latencyMsMax } = this.#latency;
    return latencyMsMin + this.#random.fraction() * (latencyMsMax - latencyMsMin);
  }

  forget(pipe: Pipe): void {
    this.#pipes.delete(pipe);
  }
}

/** One connection, with its two ends. */
class Pipe {
  readonly near: End;
  readonly #network: MemoryNetwork;
  #far: End | undefined;
  #swallowed = false;

  constructor(network: MemoryNetwork, from: Resident, to: NodeId, events: DialEvents) {
    this.#network = network;
    this.near = new End(network, this, from, to, events);
  }

  arrive(listener: Listener | undefined): void {
    if (this.near.state === 'closed') return;
    if (listener === undefined) return this.near.isClosed('refused');
    const far = new End(this.#network, this, listener.resident, this.near.resident.host);
    this.#far = far;
    far.peer = this.near;
    this.near.peer = far;
    far.state = 'open';
    this.near.open();
    listener.resident.act(() => (far.events = listener.accept(far)));
  }

  swallowed(): void {
    this.#swallowed = true;
  }

  /** Some cut was healed. */
  healed(): void {
    if (!this.#swallowed) return;
    this.near.isClosed('reset');
    this.#far?.isClosed('reset');
  }

  bury(resident: Resident): void {
    for (const end of [this.near, this.#far]) if (end?.resident === resident) end.close();
  }
}

class End implements Connection {
  readonly resident: Resident;
  events: ConnectionEvents | undefined;
  peer: End | undefined;
  state: 'dialling' | 'open' | 'closed' = 'dialling';
  readonly #network: MemoryNetwork;
  readonly #pipe: Pipe;
  readonly #to: HostId;
  #lastArrivalMs = 0;

  constructor(
    network: MemoryNetwork,
    pipe: Pipe,
    resident: Resident,
    to: HostId,
    events?: DialEvents,
  ) {
    this.#network = network;
    this.#pipe = pipe;
    this.resident = resident;
    this.#to = to;
    this.events = events;
  }

  open(): void {
    this.state = 'open';
    this.resident.act(() => {
      if (this.state === 'open') (this.events as DialEvents).opened();
    });
  }

  send(frame: Frame): boolean {
    if (this.state !== 'open') return false;
    const json = JSON.stringify(frame);
    this.#carry((peer) => peer.events?.frame(JSON.parse(json) as Frame));
    return true;
  }

  close(): void {
    if (this.state === 'closed') return;
    this.state = 'closed';
    if (this.peer === undefined) this.#network.forget(this.#pipe);
    else this.#carry((peer) => peer.isClosed('closed by the other end'));
  }

  /** The other end, or the world, has closed it. */
  isClosed(why: string): void {
    if (this.state === 'closed') return;
    this.state = 'closed';
    if (this.peer === undefined || this.peer.state === 'closed') this.#network.forget(this.#pipe);
    this.resident.act(() => this.events?.closed(why));
  }

  /** Lets something reach the other end, behind all that was sent before, unless the link is cut. */
  #carry(arrive: (peer: End) => void): void {
    const { timeline } = this.#network;
    const arrivalMs = timeline.nowMs + this.#network.drawLatencyMs();
    this.#lastArrivalMs = Math.max(this.#lastArrivalMs, arrivalMs);
    timeline.after(this.#lastArrivalMs - timeline.nowMs, () => {
      const { peer } = this;
      if (peer === undefined || peer.state !== 'open') return;
      if (this.#network.isCut(this.resident.host, this.#to)) this.#pipe.swallowed();
      else peer.resident.act(() => peer.state === 'open' && arrive(peer));
    });
  }
}
