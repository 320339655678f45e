/** What can be drawn of a finding's details, as data. Texts and times are as in `model.ts`. */
import type { DependencyName } from '../core/isolation.ts';
import type { Mark } from './model.ts';

/** Anything else than what has a shape of its own is shown as JSON. */
export type FindingEvidence =
  | { readonly shape: 'none' }
  | { readonly shape: 'json'; readonly text: string }
  | { readonly shape: 'events'; readonly events: readonly Mark[]; readonly leftOut: number }
  | ({ readonly shape: 'counterexample' } & DrawnCounterexample)
  | ({ readonly shape: 'transactions' } & DrawnTransactions);

/** A `LinearizabilityCounterexample` with its operations by their place in the columns. */
export interface DrawnCounterexample {
  readonly model: string;
  readonly key: string | undefined;
  readonly operations: readonly DrawnOperation[];
  /** The state before any operation; absent where the verdict does not tell it. */
  readonly initial: string | undefined;
  /** Those that reach furthest in front. */
  readonly partials: readonly DrawnPartial[];
  /** False when the budget ended before all orders had been tried. */
  readonly exhaustive: boolean;
  /** The place in `operations` of the one that cannot return. */
  readonly blocked: number;
  /** False when the budget ended before it was known that no operation can be spared. */
  readonly smallest: boolean;
  readonly operationsLeftOut: number;
}

export interface DrawnOperation {
  /** Place in the operation columns; -1 where the history no longer has it. */
  readonly operation: number;
  readonly process: string;
  readonly callNs: number;
  readonly returnNs: number | undefined;
  readonly outcome: 'ok' | 'fail' | 'info';
  readonly says: string;
  /** It only shows where a value may have come from. */
  readonly supporting: boolean;
}

/** An order in which operations could have taken effect, up to where no other can follow. */
export interface DrawnPartial {
  readonly steps: readonly DrawnStep[];
  /** Which operations cannot be next there; the one whose return it cannot pass in front. At least one. */
  readonly stuck: readonly DrawnStuck[];
}

export interface DrawnStep {
  /** In the whole order, from 1: where operations are left out, numbers are too. */
  readonly number: number;
  /** Place in the counterexample's `operations`. */
  readonly place: number;
  /** The model's state after it. */
  readonly state: string;
}

export interface DrawnStuck {
  /** Place in the counterexample's `operations`. */
  readonly place: number;
  /** Said of it: `cannot take effect here: the state is 50, and it needs 47`. */
  readonly why: string;
}

/** The transactions of an anomaly and, where it is a cycle, why each comes before the next. */
export interface DrawnTransactions {
  readonly transactions: readonly DrawnTransaction[];
  /** None where the anomaly is no cycle. */
  readonly dependencies: readonly DrawnDependency[];
  readonly transactionsLeftOut: number;
}

export interface DrawnTransaction {
  /** Place in the operation columns; -1 where the history no longer has it. */
  readonly operation: number;
  /** As sentences call it: `T6`. */
  readonly name: string;
  readonly process: string;
  readonly outcome: 'ok' | 'fail' | 'info';
  /** Its micro-operations, one text each. */
  readonly says: readonly string[];
}

/** Places are in `transactions`. */
export interface DrawnDependency {
  readonly from: number;
  readonly to: number;
  readonly because: DependencyName;
  readonly key: string | undefined;
  /** One sentence. */
  /** Of the key, in the order of the arrow; none where it is no object that orders the two. */
  readonly values: readonly string[];
  readonly says: string;
}
