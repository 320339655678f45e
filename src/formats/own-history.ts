/**
 * Histories of dsp's own runs, and JSON lines of others: the header tells them apart.
 *
 * Of an own history the last line may be cut off, as by a kill of the controller: it is dropped, and the history torn.
 */
import { DspError } from '../core/errors.ts';
import { checkEntry, checkHeader } from '../core/history/codec.ts';
import type { Entry } from '../core/history/entry.ts';
import type { Scan } from './edn-tokens.ts';
import { at } from './foreign.ts';
import type { HistoryBuilder } from './history-builder.ts';
import { parseOperation, readJsonHistory } from './json-history.ts';
import { eachLine, plainLines } from './lines.ts';
import { peek } from './pieces.ts';
import type { Pieces } from './pieces.ts';
import { fields, hasField, plainRecord } from './plain-record.ts';

export function readJsonLines(pieces: Pieces, builder: HistoryBuilder): void {
  const { head, all } = peek(pieces, 64);
  if (isOwn(head)) readOwnHistory(all, builder);
  else readJsonHistory(all, builder);
}

/** Whether a text begins as a run of dsp does. */
export const isOwn = (head: string): boolean => head.startsWith('{"format":"dsp-history"');

/** Without a header that is right nothing is read; any other line that cannot be is noted. */
export function readOwnHistory(pieces: Pieces, builder: HistoryBuilder): void {
  const { source, log } = builder;
  let due = 0;
  const onLine = ({ text, line }: Scan): void => {
    if (line === 1) {
      builder.setHeader(checkHeader(parseOperation(text, source, line), source));
      return;
    }
    try {
      const entry = parseOperation(text, source, line) as Entry;
      checkEntry(entry, source, line);
      if (entry.index !== due)
        log.note(
          at(source, line, `index is ${JSON.stringify(entry.index)} where ${due} is due`),
          'misleads',
        );
      due = entry.index + 1;
      builder.addEntry(entry, line);
    } catch (thrown) {
      if (!(thrown instanceof DspError)) throw thrown;
      due++;
      log.unreadable(thrown);
    }
  };
  const record = plainRecord('json', builder.words, builder.lists);
  const takes = plainLines(record, (line) => {
    const isDue = hasField(record, fields.index) && record.others[fields.index] === due;
    if (!isDue || !builder.takes(record, line)) return false;
    due++;
    return true;
  });
  const last = eachLine(pieces, source, onLine, takes);
  if (last.line === 1) throw at(source, 1, 'is not a dsp history: it has no complete first line');
  if (last.rest !== '') builder.setTorn();
}
