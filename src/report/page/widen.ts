/** Columns or rows that must hold what is put into several of them together. */

/** Makes those from `from` up to `to` at least `needed` together; what is missing is shared among them. */
export function widen(sizes: number[], from: number, to: number, needed: number): void {
  const have = sizes.slice(from, to).reduce((sum, size) => sum + size, 0);
  const each = Math.max(0, needed - have) / Math.max(1, to - from);
  for (let place = from; place < to; place++) sizes[place]! += each;
}
