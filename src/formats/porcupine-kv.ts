/** Porcupine's key-value logs: an EDN map a line, `:f` get, put or append, each on a `:key`. */
import { dataError } from '../core/errors.ts';
import type { History } from '../core/history/entry.ts';
import { nearestHint } from '../core/nearest.ts';
import { ednReader } from './edn.ts';
import { mapsOf, toEntry } from './edn-history.ts';
import { foreignHistory } from './foreign.ts';
import type { Unplaced } from './foreign.ts';

const functions = ['get', 'put', 'append'];

export function readPorcupineKv(text: string, source: string): History {
  const entries: Unplaced[] = [];
  for (const { map, line } of mapsOf(ednReader(text, source), source)) {
    const entry = toEntry(map, `${source}:${line}`);
    if (entry.key === undefined) throw dataError(`${source}:${line}: has no :key`);
    if (!functions.includes(entry.f))
      throw dataError(
        `${source}:${line}: ${entry.f} is not a function of a key-value log`,
        nearestHint(entry.f, functions),
      );
    entries.push(entry);
  }
  return foreignHistory(entries);
}
