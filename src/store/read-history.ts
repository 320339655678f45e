/** Reads the history of a run's folder. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataError } from '../core/errors.ts';
import { decodeHistory } from '../core/history/codec.ts';
import type { History } from '../core/history/entry.ts';
import { runFiles } from './run-folder.ts';

/** Throws a data error for one that cannot be read. */
export function readHistory(folder: string): History {
  const path = join(folder, runFiles.history);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw dataError(`${path} cannot be read`, undefined, cause);
  }
  return decodeHistory(text, path);
}
