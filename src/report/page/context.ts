/** What every part of the page is given: the report, its operations, and what the reader has chosen. */
import type { Mark, Report } from '../model.ts';
import { duration, moment } from './format.ts';
import { outcomeNames, says } from './operations.ts';
import type { Operations } from './operations.ts';
import type { Filter, Store } from './state.ts';
import type { Tooltip } from './tooltip.ts';
import { around } from './window.ts';

export interface Context {
  readonly report: Report;
  readonly operations: Operations;
  readonly findingsOf: ReadonlyMap<number, readonly number[]>;
  readonly store: Store;
  readonly tooltip: Tooltip;
}

/** What the tooltip and screen readers are told of an operation. */
export function describe({ operations }: Context, place: number): string[] {
  const { outcome, callUs, endUs, process, text, isOpen } = operations;
  const node = text(place, 'nodes');
  const key = text(place, 'keys');
  const lasted = isOpen(place)
    ? 'no answer until the end'
    : duration(endUs[place]! - callUs[place]!);
  return [
    says(operations, place),
    `${outcomeNames[outcome[place]!]} · ${lasted} · at ${moment(callUs[place]!, 100)}`,
    [`client ${process[place]}`, node && `node ${node}`, key && `key ${key}`]
      .filter((part) => part !== '')
      .join(' · '),
  ];
}

/** Whether an operation passes the filter. */
export function passes({ operations }: Context, filter: Filter, place: number): boolean {
  const { outcome, functionPlace, keyPlace } = operations;
  if (!filter.outcomes[outcome[place] as 0 | 1 | 2]) return false;
  if (filter.functionPlace !== undefined && functionPlace[place] !== filter.functionPlace)
    return false;
  if (filter.keyPlace !== undefined && keyPlace[place] !== filter.keyPlace) return false;
  return filter.text === '' || says(operations, place).toLowerCase().includes(filter.text);
}

/** Chooses a finding, and shows all of its operations; choosing it again lets go of it. */
export function chooseFinding({ report, operations, store }: Context, finding: number): void {
  if (store.get().finding === finding)
    return store.set({ finding: undefined, pointed: [], scope: 'view' });
  const { operations: named, faults } = report.findings[finding]!;
  const spans = [
    ...named.map((place) => ({
      startUs: operations.callUs[place]!,
      endUs: operations.endUs[place]!,
    })),
    ...faults.map((place) => report.faults[place]!),
    ...eventsOf(report, finding).map(({ timeUs }) => ({ startUs: timeUs, endUs: timeUs })),
  ];
  const window = around(spans);
  store.set({
    finding,
    pointed: [],
    scope: named.length > 0 ? 'finding' : 'view',
    ...(window === undefined ? {} : { window }),
  });
}

/** What nodes traced that a finding rests on. */
export function eventsOf(report: Report, finding: number | undefined): readonly Mark[] {
  const evidence = report.findings[finding ?? -1]?.evidence;
  return evidence?.shape === 'events' ? evidence.events : [];
}

/** Chooses an operation, and moves the timeline to it if it is not in view. */
export function chooseOperation({ operations, store }: Context, place: number): void {
  const { window } = store.get();
  const [startUs, endUs] = [operations.callUs[place]!, operations.endUs[place]!];
  const visible = endUs >= window.startUs && startUs <= window.endUs;
  const half = (window.endUs - window.startUs) / 2;
  store.set({
    operation: place,
    ...(visible ? {} : { window: { startUs: startUs - half, endUs: startUs + half } }),
  });
}
