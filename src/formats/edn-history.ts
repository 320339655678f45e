/**
 * Histories in EDN, as Jepsen, Knossos and Elle keep them: one vector or list of maps, or a map a line.
 *
 * `:type`, `:process`, `:f`, `:value`, `:key` and `:error` are read; `:index` and `:time` are not, for the order of the
 * file says the same. Transactions without an `:f` are given `txn`; entries without a `:process` belong to one client.
 */
import { dataError } from '../core/errors.ts';
import type { History } from '../core/history/entry.ts';
import { ednReader } from './edn.ts';
import type { EdnReader, EdnValue } from './edn.ts';
import { entryType, foreignHistory, objectKey, processId, shown } from './foreign.ts';
import type { Unplaced } from './foreign.ts';

export function readEdnHistory(text: string, source: string): History {
  return foreignHistory(
    Array.from(mapsOf(ednReader(text, source), source), ({ map, line }) =>
      toEntry(map, `${source}:${line}`),
    ),
  );
}

export type EdnMap = Readonly<Record<string, EdnValue>>;

/** The maps of a file, with their lines, whether or not a bracket is around them. */
export function* mapsOf(
  reader: EdnReader,
  source: string,
): Generator<{ readonly map: EdnMap; readonly line: number }> {
  const close = reader.take('[') ? ']' : reader.take('(') ? ')' : undefined;
  const opened = reader.line();
  while (close === undefined ? !reader.atEnd() : !reader.take(close)) {
    const line = reader.line();
    if (close !== undefined && reader.atEnd())
      throw dataError(`${source}:${line}: the ${close} for line ${opened} is missing`);
    const map = reader.value();
    if (map === null || typeof map !== 'object' || Array.isArray(map))
      throw dataError(`${source}:${line}: is ${shown(map)} where the map of an operation is due`);
    yield { map: map as EdnMap, line };
  }
  if (!reader.atEnd())
    throw dataError(`${source}:${reader.line()}: there is more after the end of the history`);
}

/** `place` is `file:line`. */
export function toEntry(map: EdnMap, place: string): Unplaced {
  const { type, process = 0, f = 'txn', value = null, key, error } = map;
  if (typeof f !== 'string') throw dataError(`${place}: f is ${shown(f)}, not a name`);
  return {
    process: processId(process, place),
    type: entryType(type, place),
    f,
    ...(key === undefined ? {} : { key: objectKey(key, place) }),
    value,
    ...(error === undefined || error === null
      ? {}
      : { error: typeof error === 'string' ? error : JSON.stringify(error) }),
  };
}
