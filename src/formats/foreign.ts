/** What histories of other tools have in common once they are read. */
import { dataError } from '../core/errors.ts';
import { nemesisProcess } from '../core/history/entry.ts';
import type { Entry, EntryType, History, Key, ProcessId } from '../core/history/entry.ts';

/** An entry before it has its place. */
export type Unplaced = Omit<Entry, 'index' | 'timeNs'>;

/** A history of another tool: time is the order of its entries, for that is all that a checker needs. */
export const foreignHistory = (entries: readonly Unplaced[]): History => ({
  header: { format: 'dsp-history', version: 1, originNs: 0, startedAt: '' },
  entries: entries.map((entry, index) => ({ ...entry, index, timeNs: index })),
  torn: false,
});

/** Throws a `data` error for a word that is no type of an entry. */
export function entryType(word: unknown, place: string): EntryType {
  if (word === 'invoke' || word === 'ok' || word === 'fail' || word === 'info') return word;
  throw dataError(`${place}: type is ${shown(word)}, not invoke, ok, fail or info`);
}

/** Numbers are clients; a name, as Jepsen's `:nemesis`, is a nemesis. */
export function processId(value: unknown, place: string): ProcessId {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  if (typeof value === 'string' && value !== '') return nemesisProcess(value);
  throw dataError(`${place}: process is ${shown(value)}, neither a whole number nor a name`);
}

/** A key that operations can be told apart by. */
export function objectKey(value: unknown, place: string): Key {
  if (typeof value === 'number' || typeof value === 'string') return value;
  throw dataError(`${place}: key is ${shown(value)}, neither a number nor a text`);
}

/** JSON, cut short, for a sentence. */
export function shown(value: unknown): string {
  const json = JSON.stringify(value) ?? 'missing';
  return json.length > 60 ? `${json.slice(0, 60)}…` : json;
}
