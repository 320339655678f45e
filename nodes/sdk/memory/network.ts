/**
 * A network in memory: frames take their time, keep their order within a connection, and can be cut off one way.
 *
 * It behaves as links through Toxiproxy do. A blackhole swallows in silence and leaves connections open, new ones too;
 * when it is healed, the connections that it swallowed from are closed. A disconnected link closes the connections that
 * were opened over it and refuses new ones. A resetting link swallows what comes first and then ends the connection. A
 * dead node refuses.
 */
import type { NodeId } from '../../../src/core/ids.ts';
import type { Random } from '../../../src/core/random.ts';
import type { LinkFault } from '../../../src/core/seams/runtime.ts';
import type { Connection, ConnectionEvents, DialEvents, Frame } from '../network.ts';
import { Losses } from './losses.ts';
import { Pipe } from './pipe.ts';
import type { Timeline } from './timeline.ts';
import { Ways, type Latency, type Way, type WorldHost } from './ways.ts';

/** Who lives at a host, for as long as it lives. */
export interface Resident {
  readonly host: WorldHost;
  /** Lets something happen to it, at once or when it can next act; never once it is dead. */
  act(what: () => void): void;
}

export interface Listener {
  readonly resident: Resident;
  accept(connection: Connection): ConnectionEvents;
}

/** How the network is when nothing is done to it. */
export interface NetworkWeather extends Latency {
  /** How often an hour a connection breaks by itself. */
  readonly lossesPerHour: number;
}

/** What became of a frame. */
export interface Passage {
  readonly from: WorldHost;
  readonly to: WorldHost;
  readonly sentMs: number;
  /** Undefined when it never arrived. */
  readonly arrivedMs: number | undefined;
  readonly frame: Frame;
}

export class MemoryNetwork {
  readonly timeline: Timeline;
  /** Told what became of each frame, when that is known. */
  onPassage: ((passage: Passage) => void) | undefined;
  readonly #losses: Losses;
  readonly #ways: Ways;
  readonly #listeners = new Map<WorldHost, Listener>();
  readonly #pipes = new Set<Pipe>();

  constructor(timeline: Timeline, random: Random, weather: NetworkWeather) {
    this.timeline = timeline;
    this.#losses = new Losses(timeline, random.fork('losses'), weather.lossesPerHour);
    this.#ways = new Ways(random, weather);
  }

  way(from: WorldHost, to: WorldHost): Way {
    return this.#ways.of(from, to);
  }

  listen(resident: Resident, accept: Listener['accept']): void {
    this.#listeners.set(resident.host, { resident, accept });
  }

  dial(from: Resident, to: NodeId, events: DialEvents): Connection {
    const pipe = new Pipe(this, from, to, events);
    this.#pipes.add(pipe);
    const { there } = pipe;
    this.timeline.after(there.durationMs(this.timeline.nowMs, noBytes), () => {
      const refused = there.fault?.kind === 'disconnect';
      pipe.arrive(refused ? undefined : this.#listeners.get(to));
    });
    this.#losses.threaten(pipe);
    return pipe.near;
  }

  /** From now on this is done to all that `from` sends to `to`, in place of what was done before. */
  install(from: WorldHost, to: WorldHost, fault: LinkFault): void {
    this.heal(from, to);
    const way = this.way(from, to);
    way.fault = fault;
    if (fault.kind !== 'disconnect') return;
    for (const pipe of this.#pipes) if (pipe.there === way) pipe.break('closed by the link');
  }

  heal(from: WorldHost, to: WorldHost): void {
    const way = this.way(from, to);
    const { fault } = way;
    way.fault = undefined;
    if (fault?.kind !== 'blackhole') return;
    for (const pipe of this.#pipes) if (pipe.swallowedOn(way)) pipe.break('reset');
  }

  /** From now on nothing that `from` sends reaches `to`. */
  cut(from: WorldHost, to: WorldHost): void {
    this.install(from, to, { kind: 'blackhole' });
  }

  /** The resident is dead: its listener and all its connections end. */
  bury(resident: Resident): void {
    if (this.#listeners.get(resident.host)?.resident === resident)
      this.#listeners.delete(resident.host);
    for (const pipe of this.#pipes) pipe.bury(resident);
  }

  forget(pipe: Pipe): void {
    this.#pipes.delete(pipe);
    this.#losses.forget(pipe);
  }
}

const noBytes = (): number => 0;
