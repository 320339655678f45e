/**
 * The ways between hosts, one for each direction, and what is done to each: the words and the meaning of a link's faults
 * as with Toxiproxy (`src/links/faults.ts`), for frames instead of bytes.
 */
import type { HostId } from '../../../src/core/ids.ts';
import type { Random } from '../../../src/core/random.ts';
import type { LinkFault } from '../../../src/core/seams/runtime.ts';

/** Everybody who can be at an end of a way; `controller` stands beside all links, and nothing is done to its ways. */
export type WorldHost = HostId | 'controller';

export interface Latency {
  /** Every frame takes at least this long … */
  readonly latencyMsMin: number;
  /** … most at most this long, drawn evenly … */
  readonly latencyMsMax: number;
  /** … and this share of all up to ten times as long, as behind a queue. */
  readonly slowShare: number;
}

const slowFactor = 10;
const usPerMs = 1000;

/** What one host sends to another, over all connections between them, whoever opened them. */
export class Way {
  readonly from: WorldHost;
  readonly to: WorldHost;
  fault: LinkFault | undefined;
  readonly #usual: Random;
  readonly #slow: Random;
  readonly #jitter: Random;
  readonly #latency: Latency;
  /** Of a limited way: when the last byte that was sent is through. */
  #freeAtMs = 0;

  constructor(from: WorldHost, to: WorldHost, random: Random, latency: Latency) {
    this.from = from;
    this.to = to;
    this.#usual = random.fork('usual');
    this.#slow = random.fork('slow');
    this.#jitter = random.fork('jitter');
    this.#latency = latency;
  }

  /** How long what is sent now takes; `bytes` is asked for only where it matters. */
  durationMs(nowMs: number, bytes: () => number): number {
    const moment = Math.round(nowMs * usPerMs);
    const usual = this.#usualMs(moment);
    switch (this.fault?.kind) {
      case 'delay': {
        const { latencyMs, jitterMs } = this.fault;
        return (
          usual + Math.max(0, latencyMs + (this.#jitter.fractionAt(moment) * 2 - 1) * jitterMs)
        );
      }
      case 'limit': {
        const sendingMs = bytes() / this.fault.kilobytesPerSec;
        this.#freeAtMs = Math.max(this.#freeAtMs, nowMs) + sendingMs;
        return usual + this.#freeAtMs - nowMs;
      }
      case 'slice': {
        const slices = Math.max(1, Math.ceil(bytes() / this.fault.bytesAverage));
        return usual + ((slices - 1) * this.fault.delayUs) / usPerMs;
      }
      case 'blackhole':
      case 'disconnect':
      case 'reset':
      case undefined:
        return usual;
    }
  }

  #usualMs(moment: number): number {
    const { latencyMsMin, latencyMsMax, slowShare } = this.#latency;
    const usual = latencyMsMin + this.#usual.fractionAt(moment) * (latencyMsMax - latencyMsMin);
    const slow = slowShare === 0 ? 1 : this.#slow.fractionAt(moment);
    // Of those that are slow the fraction is even again.
    return slow < slowShare ? usual * (1 + (slow / slowShare) * (slowFactor - 1)) : usual;
  }
}

/**
 * All ways of a world, made when they are first asked for. How long a frame takes depends on its way and on the moment it is sent, never
 * on what was sent before: where an operation is left out of a run, the weather for all others is what it was.
 */
export class Ways {
  readonly #random: Random;
  readonly #latency: Latency;
  readonly #ways = new Map<string, Way>();

  constructor(random: Random, latency: Latency) {
    this.#random = random;
    this.#latency = latency;
  }

  of(from: WorldHost, to: WorldHost): Way {
    const name = `${from}→${to}`;
    const known = this.#ways.get(name);
    if (known !== undefined) return known;
    const way = new Way(from, to, this.#random.fork(name), this.#latency);
    this.#ways.set(name, way);
    return way;
  }
}
