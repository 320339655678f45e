/** Makes the diagram of one finding from what is on disk. All lists are bounded; what is left out is counted. */
import { clientsHost, nodeIds } from '../../core/ids.ts';
import type { Entry } from '../../core/history/entry.ts';
import type { Trace, TraceEventName } from '../../core/trace.ts';
import type { Message } from '../../store/messages.ts';
import { markOf, runMarkOf } from '../marks.ts';
import { toUs } from '../micros.ts';
import type { Mark, ReportFault, TimeRange } from '../model.ts';
import { textOfLine } from '../text-table.ts';
import { eventsMax, lifelinesMax, messagesMax, routineMax } from './limits.ts';
import type { DrawnEvent, DrawnMessage, MessageKind, SpaceTime } from './model.ts';
import { outagesOf } from './outages.ts';
import { isRoutine } from './routine.ts';
import { evidenceWindow, nearest, segmentsOf, touches } from './window.ts';

export interface SpaceTimeSources {
  readonly messages: readonly Message[];
  readonly trace: Trace;
  readonly entries: readonly Entry[];
  readonly faults: readonly ReportFault[];
  readonly originNs: number;
  readonly nodes: number;
}

export interface Evidence {
  /** When each piece of it was; the first is where to look first. */
  readonly momentsUs: readonly number[];
  /** What nodes traced that is part of it. */
  readonly events: readonly Mark[];
}

/** Undefined where there is nothing to place it by, or no message near it. */
export function spaceTimeOf(
  { momentsUs, events: evidence }: Evidence,
  sources: SpaceTimeSources,
): SpaceTime | undefined {
  const flights = sources.messages.map(toFlight);
  const window = evidenceWindow(momentsUs, flights);
  if (window === undefined) return undefined;
  const inWindow = flights.filter((flight) => touches(flight, [window]));
  const segments = segmentsOf(window, momentsUs, sendings(inWindow), messagesMax);
  const near = <T>(items: readonly T[], timeUs: (item: T) => number, max: number) =>
    nearest(items, timeUs, momentsUs[0]!, max);
  const shown = shownFlights(inWindow, segments, near);
  const marks = marksIn(segments, sources);
  const lifelines = lifelinesOf(sources.nodes, shown, [...evidence, ...marks]);
  const { kinds, messages } = drawnMessages(shown, lifelines);
  const events = drawnEvents(evidence, marks, lifelines, segments);
  const fewer = near(events, ({ timeUs }) => timeUs, eventsMax);
  return {
    segments,
    lifelines,
    kinds,
    messages,
    events: fewer,
    outages: outagesOf(sources.entries, sources.trace, sources.originNs).filter(
      (outage) => touches(outage, segments) && lifelines.includes(outage.node),
    ),
    faults: sources.faults.flatMap((fault, i) =>
      fault.outcome !== 'skipped' && touches(fault, segments) ? [i] : [],
    ),
    messagesLeftOut: inWindow.length - messages.length,
    eventsLeftOut: events.length - fewer.length,
  };
}

/** When those were sent that are no routine; when all were, where there are no others. */
function sendings(flights: readonly Flight[]): number[] {
  const telling = flights.filter(({ message }) => !isRoutine(message.kind));
  return (telling.length > 0 ? telling : flights).map(({ startUs }) => startUs);
}

/** Routine has a limit of its own, so that it takes no room from what tells something. */
function shownFlights(
  flights: readonly Flight[],
  segments: readonly TimeRange[],
  near: (
    all: readonly Flight[],
    timeUs: (flight: Flight) => number,
    max: number,
  ) => readonly Flight[],
): readonly Flight[] {
  const inSegments = flights.filter((flight) => touches(flight, segments));
  const kept = [true, false].flatMap((routine) =>
    near(
      inSegments.filter(({ message }) => isRoutine(message.kind) === routine),
      ({ startUs }) => startUs,
      routine ? routineMax : 2 * messagesMax,
    ),
  );
  return kept.toSorted((a, b) => a.startUs - b.startUs);
}

interface Flight extends TimeRange {
  readonly message: Message;
}

const toFlight = (message: Message): Flight => ({
  startUs: toUs(message.sentNs),
  endUs: toUs(message.arrivedNs ?? message.sentNs),
  message,
});

const moment = (us: number): TimeRange => ({ startUs: us, endUs: us });

/** What makes the story of a cluster; what is appended and applied, messages say as well. */
const storyEvents = [
  'started',
  'refused',
  'generation-entered',
  'vote-granted',
  'leader-elected',
  'leader-stepped-down',
  'suffix-cut',
  'high-water-mark-moved',
  'node-suspected',
  'node-trusted',
] as const satisfies readonly TraceEventName[];

function marksIn(
  segments: readonly TimeRange[],
  { trace, entries, originNs }: SpaceTimeSources,
): Mark[] {
  const isIn = (timeUs: number) => touches(moment(timeUs), segments);
  return [
    ...[...trace.of(...storyEvents)]
      .filter(({ timeNs }) => isIn(toUs(timeNs - originNs)))
      .map((event) => markOf(event, originNs)),
    ...entries.filter(({ timeNs }) => isIn(toUs(timeNs))).flatMap(runMarkOf),
  ];
}

/** The plan's nodes, and whoever else is spoken of, up to a limit. */
function lifelinesOf(nodes: number, flights: readonly Flight[], marks: readonly Mark[]): string[] {
  const others = [
    ...flights.flatMap(({ message }) => [nameOf(message.from), nameOf(message.to)]),
    ...marks.map(({ node }) => node),
  ];
  return [...new Set([clientsHost, ...nodeIds(nodes), ...others])].slice(0, lifelinesMax);
}

const nameOf = (host: string): string => textOfLine(host, 40);

function drawnMessages(
  flights: readonly Flight[],
  lifelines: readonly string[],
): { kinds: MessageKind[]; messages: DrawnMessage[] } {
  const counts = new Map<string, number>();
  const drawable = flights.filter(({ message: { from, to } }) =>
    [from, to].every((host) => lifelines.includes(nameOf(host))),
  );
  for (const { message } of drawable) counts.set(message.kind, (counts.get(message.kind) ?? 0) + 1);
  const kinds = [...counts].toSorted(
    ([a, n], [b, m]) => Number(isRoutine(a)) - Number(isRoutine(b)) || m - n || (a < b ? -1 : 1),
  );
  const places = new Map(kinds.map(([kind], place) => [kind, place]));
  return {
    kinds: kinds.map(([kind, count]) => ({
      name: textOfLine(kind, 60),
      count,
      routine: isRoutine(kind),
    })),
    messages: drawable.map(({ startUs, endUs, message: { from, to, kind, text, arrivedNs } }) => ({
      sentUs: startUs,
      arrivedUs: arrivedNs === null ? null : endUs,
      from: lifelines.indexOf(nameOf(from)),
      to: lifelines.indexOf(nameOf(to)),
      kind: places.get(kind)!,
      text: textOfLine(text, 160),
    })),
  };
}

/** What the finding rests on is told once, and as that. */
function drawnEvents(
  evidence: readonly Mark[],
  marks: readonly Mark[],
  lifelines: readonly string[],
  segments: readonly TimeRange[],
): DrawnEvent[] {
  const told = new Set(evidence.map((mark) => JSON.stringify(mark)));
  const others = marks.filter((mark) => !told.has(JSON.stringify(mark)));
  return [...evidence, ...others]
    .map(({ timeUs, node, event, says }, i): DrawnEvent => {
      const lifeline = lifelines.indexOf(node);
      return { timeUs, node, event, says, lifeline, evidence: i < evidence.length };
    })
    .filter(({ timeUs, lifeline }) => lifeline > 0 && touches(moment(timeUs), segments))
    .toSorted((a, b) => a.timeUs - b.timeUs);
}
