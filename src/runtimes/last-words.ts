/** What a node said last, for a sentence about its death. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const lengthMax = 300;

/** The last line that the node wrote to stderr, or else to stdout; undefined for one that died without a word. */
export function lastWords(folder: string): string | undefined {
  const words = lastLine(join(folder, 'stderr.log')) ?? lastLine(join(folder, 'stdout.log'));
  return words === undefined || words.length <= lengthMax ? words : `${words.slice(0, lengthMax)}…`;
}

function lastLine(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
      .trimEnd()
      .split('\n')
      .findLast((line) => line.trim() !== '');
  } catch {
    return undefined;
  }
}
