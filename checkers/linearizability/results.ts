/** What the linearizability checker says, once all objects have been searched. */
import { invalid, unknown, valid } from '../../src/core/verdict.ts';
import type { CheckResult, Finding } from '../../src/core/verdict.ts';
import type { Part } from './parts.ts';
import type { Undecided } from './search.ts';

/** What became of the parts. */
export interface Judged {
  readonly parts: readonly Part[];
  readonly undecided: readonly Undecided[];
  readonly steps: number;
}

const checker = 'linearizable';

/** Nothing succeeded. */
export const vacuous = (operations: number): CheckResult => ({
  checker,
  verdict: unknown('vacuous'),
  summary: `none of ${operations} operations is known to have succeeded, so there is nothing to judge`,
  findings: [],
  figures: { operations },
});

/** The budget ended before there was anything to judge. */
export const unread = (entries: number): CheckResult => ({
  checker,
  verdict: unknown('budget'),
  summary: `the budget of time or memory ended while the ${counted(entries, 'entry', 'entries')} were read`,
  findings: [],
  figures: { entries },
});

/** Every object has an order. */
export function linear(judged: Judged): CheckResult {
  const figures = figuresOf(judged);
  const keys = isKeyed(judged) ? ` on ${keysOf(judged)}` : '';
  const are = figures.operations === 1 ? 'is' : 'are';
  return {
    checker,
    verdict: valid,
    summary: `${counted(figures.operations, 'operation')}${keys} ${are} linearizable`,
    findings: [],
    figures,
  };
}

/** So many objects have none; `findings` are of some of them, the one to look at first in front. */
export function violated(judged: Judged, count: number, findings: readonly Finding[]): CheckResult {
  const more = count > 1 ? ` (as on ${count} of ${keysOf(judged)})` : '';
  return {
    checker,
    verdict: invalid('safety'),
    summary: `${findings[0]!.summary}${more}`,
    findings,
    figures: { ...figuresOf(judged), objectsNotLinearizable: count },
  };
}

/** What one engine says of an object another one contradicts, and nothing is known to be violated: nothing can be said. */
export function disputed(judged: Judged, notes: readonly Finding[]): CheckResult {
  return {
    checker,
    verdict: unknown('disputed'),
    summary: notes[0]!.summary,
    findings: notes,
    figures: figuresOf(judged),
  };
}

/** An object has no order by what its model says of itself, and the budget ended before that was proven. */
export function unproven(judged: Judged, notes: readonly Finding[]): CheckResult {
  return { ...disputed(judged, notes), verdict: unknown('budget') };
}

/** Some object was not decided, and none is known to have no order. */
export function undecided(judged: Judged): CheckResult {
  const { parts } = judged;
  const shareOf = ({ place, outcome }: Undecided) => outcome.linearized / parts[place]!.required;
  const { place, outcome } = judged.undecided.reduce((a, b) => (shareOf(b) < shareOf(a) ? b : a));
  const limit = outcome.by === 'memory' ? 'memory' : 'time';
  const placed = `placed ${outcome.linearized} of ${parts[place]!.required} operations at most`;
  const where = isKeyed(judged)
    ? `with ${judged.undecided.length} of ${keysOf(judged)} undecided; on key ${parts[place]!.key}, the search ${placed}`
    : `before a verdict; the search ${placed}`;
  return {
    checker,
    verdict: unknown('budget'),
    summary: `the ${limit} budget ended ${where}`,
    findings: [],
    figures: { ...figuresOf(judged), objectsUndecided: judged.undecided.length },
  };
}

function figuresOf({ parts, undecided: open, steps }: Judged) {
  const required = parts.reduce((sum, each) => sum + each.required, 0);
  const notLinearized = open.reduce(
    (sum, { place, outcome }) => sum + parts[place]!.required - outcome.linearized,
    0,
  );
  return {
    operations: parts.reduce((sum, each) => sum + each.operations, 0),
    objects: parts.length,
    operationsRequired: required,
    operationsLinearized: required - notLinearized,
    searchSteps: steps,
  };
}

const isKeyed = ({ parts }: Judged): boolean => parts.some(({ key }) => key !== undefined);

const keysOf = ({ parts }: Judged): string => counted(parts.length, 'key');

const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;
