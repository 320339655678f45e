/**
 * The engine seam: decides one problem, within limits. `wgl.ts` is the engine; faster ones for special cases stand
 * beside it behind the same type, and must give the same answers.
 */
import type { Problem } from './problem.ts';

export type Engine = (problem: Problem, limits: Limits, watch?: Watch) => Outcome;

/** Looked at inside the search loop. */
export interface Limits {
  readonly stepsMax: number;
  readonly memoryBytesMax: number;
  /** By `performance.now()`. */
  readonly deadlineMs: number;
}

export type Outcome =
  | {
      readonly kind: 'linearizable';
      /** A witness: operations' numbers in the order in which they took effect; optional ones that never did are absent. */
      readonly order: Int32Array;
      readonly steps: number;
    }
  | {
      readonly kind: 'not-linearizable';
      /** The event, a return, that no order gets past; all events before it can be explained. */
      readonly furthestEvent: number;
      readonly steps: number;
    }
  | {
      readonly kind: 'exhausted';
      readonly by: 'steps' | 'time' | 'memory';
      /** The most required operations that any order tried so far could place. */
      readonly linearized: number;
      readonly steps: number;
    };

/** Told whenever an order can go no further: the event that stops it, and the order up to there. */
export type Watch = (event: number, order: readonly number[]) => void;
