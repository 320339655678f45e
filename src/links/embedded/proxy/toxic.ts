/** A toxic of a proxy, as the HTTP API shows it: what kind it is, what it is called, on which stream, how it is set. */
import type { Attributes, ToxicKind } from '../toxics/toxic.ts';

/** `upstream` is from the client to the upstream server, `downstream` is back. */
export type Direction = 'upstream' | 'downstream';
export const directions = ['upstream', 'downstream'] as const;

export interface Toxic {
  readonly name: string;
  readonly type: string;
  readonly kind: ToxicKind;
  /** The direction as it was given, in whatever case. */
  readonly stream: string;
  readonly direction: Direction;
  /** The share of connections that it touches; 1 and above is all. */
  toxicity: number;
  attributes: Attributes;
}
