/** One connection of a network in memory, with its two ends. What is sent at one comes to the other in order, or not at all. */
import type { NodeId } from '../../../src/core/ids.ts';
import type { Connection, ConnectionEvents, DialEvents, Frame } from '../network.ts';
import { jsonCopy } from './json-copy.ts';
import type { Listener, MemoryNetwork, Resident } from './network.ts';
import type { Way } from './ways.ts';

export class Pipe {
  readonly network: MemoryNetwork;
  readonly near: End;
  /** From the end that dialled to the other, and the other way. */
  readonly there: Way;
  readonly back: Way;
  #far: End | undefined;
  readonly #swallowedOn = new Set<Way>();

  constructor(network: MemoryNetwork, from: Resident, to: NodeId, events: DialEvents) {
    this.network = network;
    this.there = network.way(from.host, to);
    this.back = network.way(to, from.host);
    this.near = new End(this, from, this.there, events);
  }

  arrive(listener: Listener | undefined): void {
    if (this.near.state === 'closed') return;
    if (listener === undefined) return this.near.isClosed('refused');
    const far = new End(this, listener.resident, this.back);
    this.#far = far;
    far.peer = this.near;
    this.near.peer = far;
    far.state = 'open';
    this.near.open();
    listener.resident.act(() => (far.events = listener.accept(far)));
  }

  swallowedOn(way: Way): boolean {
    return this.#swallowedOn.has(way);
  }

  swallow(way: Way): void {
    this.#swallowedOn.add(way);
  }

  resetAfter(delayMs: number): void {
    this.network.timeline.after(delayMs, () => this.break('reset'));
  }

  /** Ends it at both ends. */
  break(why: string): void {
    this.near.isClosed(why);
    this.#far?.isClosed(why);
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
  readonly #pipe: Pipe;
  /** Of what is sent here. */
  readonly #way: Way;
  #lastArrivalMs = 0;

  constructor(pipe: Pipe, resident: Resident, way: Way, events?: DialEvents) {
    this.#pipe = pipe;
    this.resident = resident;
    this.#way = way;
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
    const sent = jsonCopy(frame);
    this.#carry((peer) => peer.events?.frame(sent), sent);
    return true;
  }

  close(): void {
    if (this.state === 'closed') return;
    this.state = 'closed';
    if (this.peer === undefined || this.peer.state === 'closed')
      this.#pipe.network.forget(this.#pipe);
    else this.#carry((peer) => peer.isClosed('closed by the other end'));
  }

  /** The other end, or the world, has closed it. */
  isClosed(why: string): void {
    if (this.state === 'closed') return;
    this.state = 'closed';
    if (this.peer === undefined || this.peer.state === 'closed')
      this.#pipe.network.forget(this.#pipe);
    this.resident.act(() => this.events?.closed(why));
  }

  /** Lets something reach the other end, behind all that was sent before, unless the way swallows it. */
  #carry(arrive: (peer: End) => void, frame?: Frame): void {
    const { timeline } = this.#pipe.network;
    const sentMs = timeline.nowMs;
    const durationMs = this.#way.durationMs(sentMs, () => bytesOf(frame));
    this.#lastArrivalMs = Math.max(this.#lastArrivalMs, sentMs + durationMs);
    timeline.after(this.#lastArrivalMs - sentMs, () => {
      const { peer } = this;
      const open = peer !== undefined && peer.state === 'open';
      const { fault } = this.#way;
      const passes = fault?.kind !== 'blackhole' && fault?.kind !== 'reset';
      if (frame !== undefined) this.#tell(frame, sentMs, open && passes);
      if (!open) return;
      if (passes) peer.resident.act(() => peer.state === 'open' && arrive(peer));
      else if (fault.kind === 'blackhole') this.#pipe.swallow(this.#way);
      else this.#pipe.resetAfter(fault.afterMs);
    });
  }

  #tell(frame: Frame, sentMs: number, arrived: boolean): void {
    const { onPassage, timeline } = this.#pipe.network;
    const { from, to } = this.#way;
    onPassage?.({ from, to, sentMs, arrivedMs: arrived ? timeline.nowMs : undefined, frame });
  }
}

/** As it would be on a real connection, but for the few bytes of its length. */
const bytesOf = (frame: Frame | undefined): number =>
  frame === undefined ? 0 : Buffer.byteLength(JSON.stringify(frame));
