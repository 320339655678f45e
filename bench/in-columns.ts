/** Histories as files are read: in columns, and entries only for who asks. */
import { columnsOfEntries, historyInColumns } from '../src/core/history/entry-columns.ts';
import type { History } from '../src/core/history/entry.ts';

/** The same history; its indexes must grow. */
export const inColumns = ({ header, entries, torn }: History): History =>
  historyInColumns(header, columnsOfEntries(entries)!, torn);
