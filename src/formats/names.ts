/**
 * Names and short texts that a history repeats a million times, each kept once.
 *
 * It also cuts them loose: a text cut out of another keeps all of that in memory, so that one function's name, held by
 * an entry, would hold a whole piece of the file.
 */

/** The text from `from` up to `to`. */
export function nameAt(text: string, from: number, to: number): string {
  let hash = 0;
  for (let at = from; at < to; at++) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
  const slot = (hash ^ (hash >>> 10)) & (slots - 1);
  const known = table[slot]!;
  if (known.length === to - from && text.startsWith(known, from)) return known;
  return (table[slot] = cutLoose(text.slice(from, to)));
}

/** The same of a text that stands in bytes, all of which are ASCII. */
export function nameIn(bytes: Buffer, from: number, to: number): string {
  let hash = 0;
  for (let at = from; at < to; at++) hash = (Math.imul(hash, 31) + bytes[at]!) | 0;
  const slot = (hash ^ (hash >>> 10)) & (slots - 1);
  const known = table[slot]!;
  if (known.length === to - from && stands(known, bytes, from)) return known;
  return (table[slot] = bytes.toString('latin1', from, to));
}

function stands(known: string, bytes: Buffer, from: number): boolean {
  for (let at = 0; at < known.length; at++)
    if (known.charCodeAt(at) !== bytes[from + at]) return false;
  return true;
}

/** The same text, by itself. */
export const cutLoose = (text: string): string =>
  text.length < heldFrom ? text : (JSON.parse(JSON.stringify(text)) as string);

/** V8 copies a shorter slice, and keeps of a longer one where it was cut from. */
const heldFrom = 13;
const slots = 4096;
const table: string[] = Array.from({ length: slots }, () => '');
