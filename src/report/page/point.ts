/** A place in a drawing, in its pixels. */
export interface Point {
  readonly x: number;
  readonly y: number;
}
