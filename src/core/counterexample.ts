/**
 * Why a history is not linearizable, as data that a report can draw: the details of a `not-linearizable` finding.
 *
 * The answers of its operations, but for the supporting ones, no order explains together, whatever became of all others.
 * They are a smallest such set: if the answer of any one of them had been lost, there would be an order.
 */
import type { Key, ProcessId } from './history/entry.ts';

export interface LinearizabilityCounterexample {
  readonly model: string;
  /** The independent object, where the history has several. */
  readonly key: Key | undefined;
  /** In the order of their invocations. */
  readonly operations: readonly CounterexampleOperation[];
  /** The model's state before any of them. This, `exhaustive` and `stuck` are absent in verdicts of dsp 0.1. */
  readonly initial?: string;
  /**
   * The ways in which the operations could have taken effect that reach furthest, to the return of `blocked`, each up to
   * where no other can follow; then the longest with each operation that none of these has.
   */
  readonly partials: readonly PartialLinearization[];
  /** False when the budget ended before all orders had been tried, so that there may be longer ones. */
  readonly exhaustive?: boolean;
  /** The invocation's index of the operation that cannot return. */
  readonly blocked: number;
  /** False when the budget ended before it was known that no operation can be spared. */
  readonly smallest: boolean;
}

export interface CounterexampleOperation {
  /** The index of its invocation in the history. */
  readonly invokeIndex: number;
  readonly completeIndex: number | undefined;
  readonly process: ProcessId;
  readonly callNs: number;
  /** Absent when nobody knows that it returned. */
  readonly returnNs: number | undefined;
  readonly outcome: 'ok' | 'fail' | 'info';
  /** As a person reads it: `read → 3`, `compare-and-set 1 → 2: ok`. */
  readonly says: string;
  /**
   * Present where its answer is no part of what cannot be explained: it only shows where a value may have come from.
   * No order exists with its effect at any time after its invocation, and none without it.
   */
  readonly supporting?: true;
}

export interface PartialLinearization {
  /** Invocations' indexes, in the order in which they took effect. */
  readonly order: readonly number[];
  /** The model's state after each of them, as a person reads it. */
  readonly states: readonly string[];
  /** Those that had begun and cannot be next, the one whose return it cannot pass in front. */
  readonly stuck?: readonly StuckOperation[];
}

export interface StuckOperation {
  readonly invokeIndex: number;
  /** Said of it: `cannot take effect here: the state is 50, and it needs 47`. */
  readonly why: string;
}
