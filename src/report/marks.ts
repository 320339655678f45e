/** What helps to read a timeline beside the operations: starts, elections and refusals of nodes, and their unexpected ends. */
import { phaseProcess } from '../core/history/entry.ts';
import type { Entry } from '../core/history/entry.ts';
import type { Trace, TraceEventName, Traced } from '../core/trace.ts';
import { toUs } from './micros.ts';
import type { Mark } from './model.ts';
import { textOfLine, textOfValue } from './text-table.ts';

const shownEvents = [
  'started',
  'leader-elected',
  'leader-stepped-down',
  'refused',
] as const satisfies readonly TraceEventName[];

const marksMax = 3000;

/** The first ones, up to a limit, with how many there are in all. */
export function marksOf(
  trace: Trace,
  entries: readonly Entry[],
  originNs: number,
): { marks: readonly Mark[]; count: number } {
  const all = [
    ...[...trace.of(...shownEvents)].map((event) => markOf(event, originNs)),
    ...entries.flatMap(runMarkOf),
  ].toSorted((a, b) => a.timeUs - b.timeUs);
  return { marks: all.slice(0, marksMax), count: all.length };
}

/** `generation 4, reason "…"`: every field but those that a mark has of its own. */
export function markOf(traced: Traced, originNs: number): Mark {
  const { node, timeNs, event, ...rest } = traced;
  return {
    timeUs: toUs(Number(timeNs) - originNs),
    node: textOfLine(String(node), 40),
    event: textOfLine(event, 80),
    says: sayings(rest),
  };
}

/** What the run itself noticed about a node, as `node-exited`; nothing for any other entry. */
export function runMarkOf(entry: Entry | undefined): Mark[] {
  const { node, ...rest } = { ...(entry?.value as { node?: unknown } | null | undefined) };
  if (entry?.process !== phaseProcess || typeof node !== 'string') return [];
  return [
    {
      timeUs: toUs(entry.timeNs),
      node: textOfLine(node, 40),
      event: textOfLine(entry.f, 80),
      says: sayings(rest),
    },
  ];
}

const sayings = (fields: object): string =>
  Object.entries(fields)
    .map(([name, value]) => `${textOfLine(name, 40)} ${textOfValue(value)}`)
    .join(', ');
