/** Histories as files are read: in columns, and entries only for who asks. */
import { columnsOfEntries, entriesOf } from '../src/core/history/entry-columns.ts';
import type { History } from '../src/core/history/entry.ts';

/** The same history; its indexes must grow. */
export function inColumns({ header, entries, torn }: History): History {
  const columns = columnsOfEntries(entries)!;
  return {
    header,
    columns,
    get entries() {
      return entriesOf(columns);
    },
    torn,
  };
}
