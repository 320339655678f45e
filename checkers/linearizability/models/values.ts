/** Values as models hold them: anything that compares with `===`, so that no search step walks a structure. */

/** A value of a history, made comparable. */
export type Atom = number | string | boolean | null;

/** Numbers, texts, booleans and null stand for themselves; a structure for its JSON text, which no plain text equals. */
export function atom(value: unknown): Atom {
  if (typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean')
    return value;
  return value === undefined || value === null ? null : structureMark + JSON.stringify(value);
}

/** As a person reads it; texts are quoted, so that 1 and "1" look different. */
export function describeAtom(value: Atom): string {
  const json =
    typeof value === 'string' && value.startsWith(structureMark)
      ? value.slice(structureMark.length)
      : JSON.stringify(value);
  return json.length > describedLengthMax ? `${json.slice(0, describedLengthMax)}…` : json;
}

const structureMark = '\u0000';
const describedLengthMax = 80;

/** What follows the words of a call: nothing where the answer says it all. */
export const outcomeSuffix = (outcome: 'ok' | 'fail' | 'info'): string =>
  outcome === 'ok' ? '' : outcome === 'fail' ? ': fail' : ': unknown';
