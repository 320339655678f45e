/**
 * An invariant: one claim about what nodes do among themselves, judged from their traces.
 *
 * It holds, is violated by events that it names, or has seen nothing that it could judge, and then says so aloud.
 */
import type { Trace, TraceEventName, Traced } from '../../src/core/trace.ts';

export interface Invariant<Name extends TraceEventName = TraceEventName> {
  /** The checker's name, and the type of its findings. */
  readonly name: string;
  /** One sentence: what it claims. */
  readonly says: string;
  /** The events that it looks at. */
  readonly reads: readonly Name[];
  check(trace: Trace): Judgement;
}

export type Judgement =
  | { readonly kind: 'held'; readonly summary: string }
  | { readonly kind: 'vacuous'; readonly summary: string }
  /** The events are the evidence, the earliest first. */
  | { readonly kind: 'violated'; readonly summary: string; readonly events: readonly Traced[] };

export const held = (summary: string): Judgement => ({ kind: 'held', summary });
export const vacuous = (summary: string): Judgement => ({ kind: 'vacuous', summary });
/** The events are the evidence. */
export const violated = (summary: string, events: readonly Traced[]): Judgement => ({
  kind: 'violated',
  summary,
  events,
});
