/** Text as Markdown that says nothing but the text: no markup, no HTML, no link, no end of a table's cell. */
import { visibleLine } from '../core/visible-text.ts';

/** Inline text, for a paragraph or a cell. */
export const markdownText = (text: string): string =>
  visibleLine(text)
    .replace(/[\\`*_{}[\]()#+!|~@:]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/www\./gi, (www) => `${www.slice(0, 3)}\\.`);

/** A block of code; its fence is longer than any run of backticks inside. */
export function codeBlock(text: string, language = ''): string {
  const runs = text.match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(3, ...runs.map((run) => run.length + 1)));
  return `${fence}${language}\n${text.split('\n').map(visibleLine).join('\n')}\n${fence}`;
}

/** A table; every cell is text. */
export const markdownTable = (
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string =>
  [head, head.map(() => '---'), ...rows.map((row) => row.map(markdownText))]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n');
