/**
 * Text that came from a node, made safe to show anywhere: on a terminal, in XML, in Markdown, in a page.
 *
 * Control characters move a terminal's cursor or are not allowed in XML; bidirectional marks make text read otherwise
 * than it is; a lone surrogate is no text at all. Each is replaced by its visible escape, `\u{1b}`; nothing is dropped.
 */

/** C0 but tab and newline, DEL, C1, soft hyphen, zero-width, line and bidirectional marks, lone surrogates, non-characters. */
const invisible =
  // oxlint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff]|\p{Surrogate}|[\u{e0000}-\u{e007f}]/gu;

/** The text with everything invisible in it shown as an escape. Tabs and newlines are kept. */
export const visibleText = (text: string): string => text.replace(invisible, escapeOf);

/** The same on one line: tabs and newlines are escaped too. */
export const visibleLine = (text: string): string => visibleText(text).replace(/[\t\n]/g, escapeOf);

/** At most `lengthMax` UTF-16 units, with an ellipsis where something is left out; never half a character. */
export function shortened(text: string, lengthMax: number): string {
  if (text.length <= lengthMax) return text;
  const end = lengthMax - 1;
  const splits = /[\ud800-\udbff]/.test(text[end - 1] ?? '');
  return `${text.slice(0, splits ? end - 1 : end)}…`;
}

const escapeOf = (character: string): string =>
  character === '\t'
    ? '\\t'
    : character === '\n'
      ? '\\n'
      : `\\u{${character.codePointAt(0)!.toString(16)}}`;
