/**
 * The texts of a report: values as a person reads them, each distinct one held once, all bounded.
 *
 * A workload that reads ever longer lists would otherwise make a report quadratic in the operations.
 */
import { shortened, visibleLine } from '../core/visible-text.ts';

const lengthMax = 160;
const lengthSumMax = 6_000_000;
const leftOut = '… (in history.jsonl)';

export interface TextTable {
  /** The place of the text; the empty text has place 0. */
  readonly place: (text: string) => number;
  readonly texts: readonly string[];
}

export function textTable(): TextTable {
  const texts = [''];
  const places = new Map([['', 0]]);
  let lengthSum = 0;
  const place = (text: string): number => {
    const known = places.get(text);
    if (known !== undefined) return known;
    if (lengthSum + text.length > lengthSumMax && text !== leftOut) return place(leftOut);
    lengthSum += text.length;
    places.set(text, texts.length);
    return texts.push(text) - 1;
  };
  return { place, texts };
}

/** A value as JSON on one visible line, shortened; the empty text for nothing. */
export function textOfValue(value: unknown, max = lengthMax): string {
  if (value === undefined) return '';
  // A long list is cut before it becomes text, for its text is not needed.
  const bounded = Array.isArray(value) && value.length > max ? value.slice(0, max) : value;
  return shortened(visibleLine(JSON.stringify(bounded)), max);
}

/** A name or a sentence on one visible line, shortened. */
export const textOfLine = (text: string, max = 1000): string => shortened(visibleLine(text), max);

/** A value for people: lists and flat objects in words, and only what is nested deeper as JSON. */
export function textOfFact(value: unknown, max = 400): string {
  if (isScalar(value)) return textOfLine(String(value), max);
  if (typeof value !== 'object' || value === null) return textOfValue(value, max);
  const parts = Object.entries(value);
  if (!parts.every(([, each]) => isScalar(each))) return textOfValue(value, max);
  const words = parts.map(([name, each]) => (Array.isArray(value) ? each : `${name}: ${each}`));
  return textOfLine(words.join(', ') || 'none', max);
}

const isScalar = (value: unknown): boolean =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
