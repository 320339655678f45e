/** Shrinking in one line: what is being left out, how many candidates have been tried, how small the run is by now. */
import type { Size } from '../../shrink/scheduled-plan.ts';
import type { Snapshot } from './view.ts';

export interface ShrinkSnapshot extends Snapshot {
  readonly pass: string;
  readonly candidates: number;
  readonly size: Size;
}

/** `12 s · fewer-keys · 67 candidates · 2 faults, 36 operations, 5 nodes, 13.7 s` */
export const shrinkStatusLine = (_: unknown, now: ShrinkSnapshot): string =>
  [
    `${Math.round(now.elapsedSeconds)} s`,
    now.pass,
    counted(now.candidates, 'candidate'),
    sizeText(now.size),
  ].join(' · ');

/** `2 faults, 36 operations, 5 nodes, 13.7 s` */
export const sizeText = ({ faults, operations, nodes, seconds }: Size): string =>
  [
    counted(faults, 'fault'),
    counted(operations, 'operation'),
    counted(nodes, 'node'),
    `${Math.round(seconds * 10) / 10} s`,
  ].join(', ');

const counted = (count: number, what: string): string =>
  `${count} ${what}${count === 1 ? '' : 's'}`;
