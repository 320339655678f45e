/** Rows of text in aligned columns, without lines: easy to read, to copy and to cut. */
import { stripVTControlCharacters } from 'node:util';

/** The last column is as wide as it likes; trailing blanks are left away. */
export function table(rows: readonly (readonly string[])[], indent = ''): string {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell] of row.entries())
      widths[column] = Math.max(widths[column] ?? 0, width(cell));
  }
  return rows
    .map((row) => indent + row.map((cell, column) => pad(cell, widths[column]!)).join('  '))
    .map((line) => line.trimEnd())
    .join('\n');
}

const width = (cell: string): number => stripVTControlCharacters(cell).length;

const pad = (cell: string, wide: number): string => cell + ' '.repeat(wide - width(cell));
