/** What nodes said of themselves that helps to read a timeline: starts, elections, refusals. */
import type { TraceEventName, Traced } from '../core/trace.ts';
import type { Trace } from '../core/trace.ts';
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
export function marksOf(trace: Trace, originNs: number): { marks: readonly Mark[]; count: number } {
  const events = [...trace.of(...shownEvents)];
  return {
    marks: events.slice(0, marksMax).map((event) => markOf(event, originNs)),
    count: events.length,
  };
}

/** `generation 4, reason "…"`: every field but those that a mark has of its own. */
export function markOf(traced: Traced, originNs: number): Mark {
  const { node, timeNs, event, ...rest } = traced;
  return {
    timeUs: toUs(Number(timeNs) - originNs),
    node: textOfLine(node, 40),
    event: textOfLine(event, 80),
    says: Object.entries(rest)
      .map(([name, value]) => `${textOfLine(name, 40)} ${textOfValue(value)}`)
      .join(', '),
  };
}
