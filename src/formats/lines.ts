/** The lines of a text that comes in pieces. */
import { dataError } from '../core/errors.ts';
import type { Pieces } from './pieces.ts';

/**
 * Calls back with each line that has an end, numbered from 1, and returns what comes after the last end. A line longer
 * than any operation is a `data` error: the file has another form.
 */
export function eachLine(
  pieces: Pieces,
  source: string,
  onLine: (text: string, line: number) => void,
): { readonly rest: string; readonly line: number } {
  let line = 0;
  let rest = '';
  for (let { value } = pieces.next(); value !== undefined; { value } = pieces.next()) {
    const lines = (rest + value).split('\n');
    rest = lines.pop()!;
    for (const each of lines) onLine(each, ++line);
    if (rest.length > charactersMax)
      throw dataError(`${source}:${line + 1}: the line is longer than ${charactersMax} characters`);
  }
  return { rest, line: line + 1 };
}

const charactersMax = 2 ** 26;
