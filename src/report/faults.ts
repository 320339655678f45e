/**
 * Fault bands: each `start` of a nemesis with the `stop` that undid it, and the evidence of both.
 *
 * A band reaches from the moment when installing began until healing was known to be over; one that no `stop` ended
 * reaches to the verified recovery, or to the end of the history. What was skipped changed nothing and has no width.
 */
import { isNemesis } from '../core/history/entry.ts';
import type { Entry, History } from '../core/history/entry.ts';
import { pair } from '../core/history/operation.ts';
import { toUs } from './micros.ts';
import type { Fact, ReportFault, ReportPhase } from './model.ts';
import { textOfFact, textOfLine, textOfValue } from './text-table.ts';

/** In the order of their starts. */
export function faultsOf(
  history: History | undefined,
  phases: readonly ReportPhase[],
): ReportFault[] {
  const entries = history?.entries ?? [];
  const endUs = undoneUs(entries, phases);
  const open = new Map<string, Action>();
  const faults: ReportFault[] = [];
  const finish = (start: Action, stop: Action | undefined) =>
    faults.push(toFault(start, stop, Math.max(endUs, toUs(start.endNs ?? start.callNs))));
  for (const action of actionsOf(entries)) {
    const started = open.get(action.family);
    if (action.f === 'stop') {
      if (started !== undefined) finish(started, action);
      open.delete(action.family);
    } else if (action.f === 'start') {
      if (started !== undefined) finish(started, action);
      open.set(action.family, action);
    }
  }
  for (const started of open.values()) finish(started, undefined);
  return faults.toSorted((a, b) => a.startUs - b.startUs || a.entry - b.entry);
}

interface Action {
  readonly family: string;
  readonly f: string;
  readonly entry: number;
  readonly callNs: number;
  readonly endNs: number | undefined;
  readonly outcome: 'ok' | 'fail' | 'info';
  readonly asked: unknown;
  readonly answered: unknown;
}

function actionsOf(entries: readonly Entry[]): Action[] {
  return pair(entries, (entry) => isNemesis(entry.process)).operations.map((operation) => {
    const completion =
      operation.completeIndex === undefined ? undefined : entries[operation.completeIndex];
    return {
      family: String(operation.process).slice('nemesis:'.length),
      f: operation.f,
      entry: operation.invokeIndex,
      callNs: operation.callNs,
      endNs: completion?.timeNs,
      outcome: operation.outcome,
      asked: operation.input,
      answered: completion?.value,
    };
  });
}

/** By then healing is over whether or not a `stop` is in the history. */
function undoneUs(entries: readonly Entry[], phases: readonly ReportPhase[]): number {
  const recovery = phases.find((phase) => phase.name === 'recover');
  return recovery?.startUs ?? toUs(entries.at(-1)?.timeNs ?? 0);
}

const outcomes = { ok: 'installed', fail: 'skipped', info: 'indeterminate' } as const;

function toFault(start: Action, stop: Action | undefined, endUs: number): ReportFault {
  const outcome = outcomes[start.outcome];
  const startUs = toUs(start.callNs);
  const over = stop === undefined ? endUs : toUs(stop.endNs ?? stop.callNs);
  return {
    family: textOfLine(start.family, 40),
    label: labelOf(start),
    outcome,
    startUs,
    endUs: outcome === 'skipped' ? startUs : over,
    entry: start.entry,
    evidence: [
      ...factsOf(start.answered ?? start.asked, ''),
      ...factsOf(stop?.answered, 'healing: '),
    ],
  };
}

/** `halves, blackhole`, or `leader, n2`: whichever of the usual words the history has. */
function labelOf({ asked, answered }: Action): string {
  const words = { ...fields(asked), ...fields(answered), ...fields(fields(answered)['evidence']) };
  const named = ['shape', 'target', 'mode', 'node']
    .map((name) => words[name])
    .filter((word) => typeof word === 'string');
  const struck = Object.keys(fields(words['after']));
  return textOfLine([...named, ...struck].join(', '), 80);
}

const fields = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};

const evidenceLengthMax = 600;

function factsOf(value: unknown, prefix: string): Fact[] {
  if (value === undefined || value === null) return [];
  const named = { ...fields(value), ...fields(fields(value)['evidence']) };
  delete named['evidence'];
  const facts = Object.entries(named).map(([name, each]) => ({
    name: textOfLine(`${prefix}${name}`, 60),
    value: textOfFact(each, evidenceLengthMax),
  }));
  return facts.length > 0
    ? facts
    : [{ name: `${prefix}value`, value: textOfValue(value, evidenceLengthMax) }];
}
