/**
 * A window on a text that comes in pieces, for readers that do not go by lines: they read as if all were there, and
 * where that fails for want of the rest, the window is widened and they read again.
 */
import { StringDecoder } from 'node:string_decoder';
import { DspError } from '../core/errors.ts';
import { characters } from './characters.ts';
import type { Scan } from './edn-tokens.ts';
import { isSpace, scanOf } from './edn-tokens.ts';
import { notTaken } from './lines.ts';
import type { TakesLine } from './lines.ts';
import { cutAtLines } from './pieces.ts';
import type { Pieces } from './pieces.ts';
import { lookAt } from './looked-at.ts';

export interface TextWindow {
  /** Where the reader stands. */
  readonly scan: Scan;
  /** Reads something, whole; where it throws, the reader stands where it stood before. */
  read<T>(read: (scan: Scan) => T): T;
  /**
   * Between two records: goes on over lines for as long as they are taken (see `eachLine`), before a text is made of them.
   * Does nothing where there is a text still to be read.
   */
  takeLines(takes: TakesLine): void;
  /** Goes on to the next line that begins as one of a record does; to the end of the text if there is none. */
  skipToLine(beginning: RegExp): void;
}

export function textWindow(pieces: Pieces, source: string): TextWindow {
  const scan = scanOf('', source);
  const chunks = cutAtLines(pieces);
  const decoder = new StringDecoder('utf8');
  let ended = false;
  /** Of what was decoded last. */
  let endsLine = true;
  const nextText = (): string | undefined => {
    const { value } = chunks.next();
    return value === undefined ? undefined : decode(value);
  };
  const decode = (bytes: Buffer): string => {
    endsLine = bytes.at(-1) === characters.newline;
    return decoder.write(bytes);
  };
  /** Doubles what is still to be read, so that a record of any length is read again a few times only. */
  const widen = (): void => {
    const wanted = Math.max(1, 2 * (scan.text.length - scan.at));
    const parts = [scan.text.slice(scan.at)];
    for (let length = parts[0]!.length; length < wanted;) {
      const text = nextText();
      ended = text === undefined;
      parts.push(text ?? decoder.end());
      if (text === undefined) break;
      length += text.length;
    }
    scan.text = parts.join('');
    scan.at = 0;
  };
  return {
    scan,
    read(read) {
      for (;;) {
        const { at, line } = scan;
        const isWhole = ended || scan.text.length - at > recordCharactersMax;
        try {
          const result = read(scan);
          // What ends with the window may go on beyond it.
          if (scan.at < scan.text.length || isWhole) return result;
        } catch (thrown) {
          if (isWhole || !(thrown instanceof DspError)) {
            goBack(scan, at, line);
            throw thrown;
          }
        }
        goBack(scan, at, line);
        widen();
      }
    },
    takeLines(takes) {
      if (!endsLine || !skipsToEnd(scan)) return;
      for (let { value } = chunks.next(); value !== undefined; { value } = chunks.next()) {
        const from = takenOf(value, scan, takes);
        if (from === value.length) continue;
        scan.text = decode(value.subarray(from));
        return;
      }
    },
    skipToLine(beginning) {
      for (;;) {
        const end = nextLine(scan, beginning);
        if (end !== undefined) return advance(scan, end);
        advance(scan, ended ? scan.text.length : Math.max(scan.at, scan.text.lastIndexOf('\n')));
        if (ended) return;
        if (scan.text[scan.at] !== '\n') scan.at = scan.text.length;
        widen();
      }
    },
  };
}

/** Whether nothing comes any more; then it is passed over. */
function skipsToEnd(scan: Scan): boolean {
  const { text, at } = scan;
  for (let end = at; end < text.length; end++) if (!isSpace(text.charCodeAt(end))) return false;
  advance(scan, text.length);
  scan.text = '';
  scan.at = 0;
  return true;
}

/** How many bytes the lines have that are taken. */
function takenOf(bytes: Buffer, scan: Scan, takes: TakesLine): number {
  if (!lookAt(bytes)) return 0;
  let from = 0;
  for (let next = takes(from, scan.line); next !== notTaken; next = takes(from, scan.line)) {
    from = next;
    scan.line++;
  }
  return from;
}

function goBack(scan: Scan, at: number, line: number): void {
  scan.at = at;
  scan.line = line;
  scan.depth = 0;
}

/** Where the next line begins that is one of those. */
function nextLine({ text, at }: Scan, beginning: RegExp): number | undefined {
  for (let end = text.indexOf('\n', at); end >= 0; end = text.indexOf('\n', end + 1)) {
    beginning.lastIndex = end + 1;
    if (beginning.test(text)) return end + 1;
  }
  return undefined;
}

function advance(scan: Scan, to: number): void {
  const { text } = scan;
  for (let at = text.indexOf('\n', scan.at); at >= 0 && at < to; at = text.indexOf('\n', at + 1))
    scan.line++;
  scan.at = to;
  scan.depth = 0;
}

/** A record that has no end within this has none. */
const recordCharactersMax = 2 ** 24;
