/** The client seam: turns one operation into its completion. Never retries: the workload decides. */
import type { NodeId } from '../ids.ts';
import type { OperationSpec } from './generator.ts';

export type Completion =
  | { readonly type: 'ok'; readonly value?: unknown }
  /** It definitely did not happen. */
  | { readonly type: 'fail'; readonly error: string }
  /** Nobody knows: it may have happened, or may still. */
  | { readonly type: 'info'; readonly error: string };

export const ok = (value?: unknown): Completion => ({ type: 'ok', value });
export const fail = (error: string): Completion => ({ type: 'fail', error });
export const info = (error: string): Completion => ({ type: 'info', error });

export interface Client {
  /** The node that it talks to, for the history. */
  readonly node?: NodeId;
  /** What it throws is classified by the error registry. After `signal` aborts, its answer is no longer heard. */
  invoke(operation: OperationSpec, signal: AbortSignal): Promise<Completion>;
  /**
   * False once its connection is gone, so that the next operation needs a fresh client. One that does not say is replaced
   * whenever `invoke` throws, and else kept.
   */
  isOpen?(): boolean;
  close(): Promise<void>;
}
