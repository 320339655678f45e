/**
 * The nemesis seam: a source of faults, of their healing, and of the evidence that each took hold.
 *
 * Which faults come when is a pure generator, drawn from the seed; what depends on the cluster (who leads) is resolved
 * when a fault is applied, and the answer is in the history.
 */
import type { NodeId } from '../ids.ts';
import type { Random } from '../random.ts';
import type { Generator, OperationSpec } from './generator.ts';
import type { Capability, Cluster } from './runtime.ts';

/** What became of a fault, or of its healing. In the history: `ok`, `fail` and `info`. */
export type FaultReport =
  | { readonly outcome: 'installed'; readonly evidence: unknown }
  /** It could not be applied, and nothing was changed. */
  | { readonly outcome: 'skipped'; readonly evidence: unknown }
  /** It may or may not be in force. */
  | { readonly outcome: 'indeterminate'; readonly evidence: unknown };

/** How long a fault lasts and how long calm lasts between two, in seconds; drawn evenly between the bounds. */
export interface Stability {
  readonly faultSeconds: readonly [min: number, max: number];
  readonly calmSeconds: readonly [min: number, max: number];
}

export interface NemesisContext {
  readonly nodes: readonly NodeId[];
  readonly random: Random;
  readonly stability: Stability;
  readonly options: Readonly<Record<string, string>>;
}

export interface Nemesis {
  /** `partition`: the name of its thread and of its flag. */
  readonly family: string;
  readonly says: string;
  readonly needs: readonly Capability[];
  /** What `--option NAME=VALUE` may name, and what it means. */
  readonly options: Readonly<Record<string, string>>;
  /** `start` and `stop` operations, in turn, for ever. */
  generator(context: NemesisContext): Generator;
  apply(operation: OperationSpec, cluster: Cluster): Promise<FaultReport>;
  /** Undoes all that was ever planned by this nemesis, whether or not it was confirmed; proves it. Idempotent. */
  heal(cluster: Cluster): Promise<FaultReport>;
}
