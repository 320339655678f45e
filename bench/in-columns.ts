/** Histories as files are read: in columns, and entries only for who asks. */
import { columnsOfEntries, historyOf } from '../src/core/history/entry-columns.ts';
import type { History } from '../src/core/history/entry.ts';

/** The same history; its indexes must grow. */
export const inColumns = ({ header, entries, torn }: History): History =>
  historyOf(header, columnsOfEntries(entries)!, torn);
