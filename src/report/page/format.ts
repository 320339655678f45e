/** Numbers as people read them. */
import type { Report } from '../model.ts';

/** Where a history tells no times, a thousand microseconds stand for an entry of it. */
let clock: Report['clock'] = 'time';

/** Said once, before anything is drawn. */
export const tellTimeBy = (now: Report['clock']): void => void (clock = now);

/** `850 µs`, `12.3 ms`, `1.25 s`: three digits are enough to compare. */
export function duration(us: number): string {
  if (clock === 'entries') return us === 1000 ? '1 entry' : `${digits(us / 1000)} entries`;
  // What rounds up to the next unit is told in it.
  if (us < 999.5) return `${digits(us)} µs`;
  if (us < 999_500) return `${digits(us / 1000)} ms`;
  return `${digits(us / 1e6)} s`;
}

/** A moment of the run, in seconds; `stepUs` is how finely it must be told apart. */
export function moment(us: number, stepUs = 1000): string {
  if (clock === 'entries') return `entry ${digits(us / 1000)}`;
  const decimals = Math.max(0, Math.min(6, Math.ceil(-Math.log10(stepUs / 1e6) - 1e-9)));
  return `${(us / 1e6).toFixed(decimals)} s`;
}

export const count = (n: number): string => n.toLocaleString('en');

/** `1 operation`, `2 operations`. */
export const counted = (n: number, noun: string): string =>
  `${count(n)} ${noun}${n === 1 ? '' : 's'}`;

/** `640 B`, `12 kB`, `3.4 MB`. */
export function bytes(n: number): string {
  if (n < 1000) return `${n} B`;
  return n < 1e6 ? `${digits(n / 1000)} kB` : `${digits(n / 1e6)} MB`;
}

function digits(value: number): string {
  if (value === 0) return '0';
  const places = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return String(Number(value.toFixed(Math.min(places, 3))));
}

/** Marks on a time axis at steps of 1, 2 or 5, at most `max` of them. */
export function ticks(
  startUs: number,
  endUs: number,
  max: number,
): { stepUs: number; at: number[] } {
  const rough = Math.max(1, (endUs - startUs) / Math.max(1, max));
  const power = 10 ** Math.floor(Math.log10(rough));
  const stepUs = [1, 2, 5, 10].map((n) => n * power).find((step) => step >= rough)!;
  const first = Math.ceil(startUs / stepUs);
  const length = Math.max(0, Math.floor(endUs / stepUs) - first + 1);
  return { stepUs, at: Array.from({ length }, (_, i) => (first + i) * stepUs) };
}
