/**
 * Connections that break by themselves.
 *
 * Between two hosts there are as many cables as there are connections at a time, and when each breaks is drawn beforehand, whoever
 * uses it: a connection that is left out of a run takes no loss from another.
 */
import type { Random } from '../../../src/core/random.ts';
import type { Pipe } from './pipe.ts';
import type { Timeline } from './timeline.ts';
import type { Way } from './ways.ts';

const msPerHour = 3_600_000;

export class Losses {
  readonly #timeline: Timeline;
  readonly #random: Random;
  readonly #perHour: number;
  readonly #cables = new Map<Way, Cable[]>();

  /** `perHour`: how often a connection that is open all the time would break. */
  constructor(timeline: Timeline, random: Random, perHour: number) {
    this.#timeline = timeline;
    this.#random = random;
    this.#perHour = perHour;
  }

  /** The pipe takes the first cable that is free, and breaks when that does. */
  threaten(pipe: Pipe): void {
    if (this.#perHour === 0) return;
    const cables = this.#cablesOf(pipe.there);
    let cable = cables.find(({ pipe: user }) => user === undefined);
    if (cable === undefined) {
      const { from, to } = pipe.there;
      cable = new Cable(this.#random.fork(`${from}→${to}/${cables.length}`), this.#perHour);
      cables.push(cable);
    }
    cable.pipe = pipe;
    const { nowMs } = this.#timeline;
    pipe.resetAfter(cable.nextLossMs(nowMs) - nowMs);
  }

  forget(pipe: Pipe): void {
    const cable = this.#cables.get(pipe.there)?.find(({ pipe: user }) => user === pipe);
    if (cable !== undefined) cable.pipe = undefined;
  }

  #cablesOf(way: Way): Cable[] {
    const known = this.#cables.get(way);
    if (known !== undefined) return known;
    const none: Cable[] = [];
    this.#cables.set(way, none);
    return none;
  }
}

/** Its losses are a Poisson process. */
class Cable {
  pipe: Pipe | undefined;
  readonly #random: Random;
  readonly #perHour: number;
  #lossMs = 0;

  constructor(random: Random, perHour: number) {
    this.#random = random;
    this.#perHour = perHour;
  }

  /** The first after `nowMs`, which never goes back. */
  nextLossMs(nowMs: number): number {
    while (this.#lossMs <= nowMs)
      this.#lossMs += (-Math.log(1 - this.#random.fraction()) * msPerHour) / this.#perHour;
    return this.#lossMs;
  }
}
