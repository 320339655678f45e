/** How plain records begin and go on, which of a million is almost always the same as before. */
import { codes, view } from './looked-at.ts';

/**
 * How a record goes on from its beginning, or from the end of a value that is another in each record, to the next of these or to
 * its own end: names, and whatever is said in between by the few words that types and functions are. Of a million records
 * almost all go on as one of a few.
 */
export interface Lead {
  readonly characters: Uint8Array;
  /** The same as numbers, each eight of them, the last from where it ends with the last; none where there are not so many. */
  readonly eights: Float64Array;
  /** A bit for each field that is said, and by pairs: the field, and its word. */
  readonly has: number;
  readonly said: Int32Array;
  /** Whose value comes next; `unknownField` or `theEnd`. */
  readonly field: number;
}

/** Whether the lead stands there: eight characters at a time, the last of them perhaps for the second time. */
export function stands({ eights, characters }: Lead, from: number): boolean {
  const last = from + characters.length - 8;
  for (let i = 0; i < eights.length; i++)
    if (view.getFloat64(Math.min(from + 8 * i, last), true) !== eights[i]) return false;
  if (eights.length > 0) return true;
  for (let i = 0; i < characters.length; i++) if (codes[from + i] !== characters[i]) return false;
  return true;
}

/** The lead that stands between two places. */
export function leadOf(
  from: number,
  to: number,
  has: number,
  said: readonly number[],
  field: number,
): Lead {
  const characters = new Uint8Array(codes.subarray(from, to));
  const eights = new Float64Array(characters.length < 8 ? 0 : Math.ceil(characters.length / 8));
  for (let i = 0; i < eights.length; i++)
    eights[i] = view.getFloat64(Math.min(from + 8 * i, to - 8), true);
  return { characters, eights, has, said: Int32Array.from(said), field };
}
