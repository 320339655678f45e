/** What a node said last, for a sentence about its death. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';

const lengthMax = 300;

/** However much a node has said, no more than its end is looked at. */
const tailBytes = 65_536;

/** The last line that the node wrote to stderr, or else to stdout; undefined for one that died without a word. */
export function lastWords(folder: string): string | undefined {
  const words = lastLine(join(folder, 'stderr.log')) ?? lastLine(join(folder, 'stdout.log'));
  return words === undefined || words.length <= lengthMax ? words : `${words.slice(0, lengthMax)}…`;
}

const lastLine = (path: string): string | undefined =>
  tailOf(path)
    .split('\n')
    .map((line) => line.trim())
    .findLast((line) => line !== '');

/** The end of the file's text; nothing of one that cannot be read. */
function tailOf(path: string): string {
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    const tail = Buffer.alloc(tailBytes);
    const from = Math.max(0, fstatSync(file).size - tailBytes);
    return tail.toString('utf8', 0, readSync(file, tail, 0, tailBytes, from));
  } catch {
    return '';
  } finally {
    if (file !== undefined) closeSync(file);
  }
}
