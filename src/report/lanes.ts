/**
 * Lanes: which processes followed each other on one client thread.
 *
 * A process whose operation ended in `info` is retired and replaced, so a long run has more processes than anyone wants
 * to see rows. A lane holds processes whose lives do not overlap; it is for drawing, and no statement about threads.
 */
import type { ReportLane } from './model.ts';

export interface Life {
  readonly process: number;
  readonly startUs: number;
  /** When its last operation ended for the client; infinite while it is open. */
  readonly endUs: number;
}

export interface Lanes {
  readonly lanes: readonly ReportLane[];
  readonly laneOf: ReadonlyMap<number, number>;
}

/** Puts each process where its number modulo `concurrency` says if that lane is free, else in any free or a new one. */
export function assignLanes(lives: readonly Life[], concurrency: number): Lanes {
  const lanes: { processes: number[]; freeUs: number }[] = [];
  const laneOf = new Map<number, number>();
  for (const life of lives.toSorted((a, b) => a.startUs - b.startUs || a.process - b.process)) {
    const home = concurrency > 0 ? life.process % concurrency : lanes.length;
    while (lanes.length <= home && lanes.length < concurrency)
      lanes.push({ processes: [], freeUs: Number.NEGATIVE_INFINITY });
    const free = (lane: number) => (lanes[lane]?.freeUs ?? Infinity) <= life.startUs;
    const found = free(home) ? home : lanes.findIndex((_, lane) => free(lane));
    const lane = found === -1 ? lanes.push({ processes: [], freeUs: 0 }) - 1 : found;
    lanes[lane]!.processes.push(life.process);
    lanes[lane]!.freeUs = life.endUs;
    laneOf.set(life.process, lane);
  }
  return { lanes: lanes.map(({ processes }) => ({ processes })), laneOf };
}
