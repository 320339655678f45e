/** What the linearizability checker says, once all objects have been searched. */
import { invalid, unknown, valid } from '../../src/core/verdict.ts';
import type { CheckResult, Finding } from '../../src/core/verdict.ts';
import type { Problem } from './problem.ts';
import type { SearchResult } from './search.ts';
import type { IndependentObject } from './split.ts';

/** Objects and problems have the same places. */
export interface Judged {
  readonly objects: readonly IndependentObject[];
  readonly problems: readonly Problem[];
  readonly search: SearchResult;
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

/** Some object has none; `findings` are of some of them, the one to look at first in front. */
export function violated(judged: Judged, findings: readonly Finding[]): CheckResult {
  const count = judged.search.violations.length;
  const more = count > 1 ? ` (as on ${count} of ${keysOf(judged)})` : '';
  return {
    checker,
    verdict: invalid('safety'),
    summary: `${findings[0]!.summary}${more}`,
    findings,
    figures: { ...figuresOf(judged), objectsNotLinearizable: count },
  };
}

/** Some object was not decided, and none is known to have no order. */
export function undecided(judged: Judged): CheckResult {
  const { objects, problems, search } = judged;
  const shareOf = ({ place, outcome }: (typeof search.undecided)[number]) =>
    outcome.linearized / problems[place]!.required;
  const { place, outcome } = search.undecided.reduce((a, b) => (shareOf(b) < shareOf(a) ? b : a));
  const limit = outcome.by === 'memory' ? 'memory' : 'time';
  const placed = `placed ${outcome.linearized} of ${problems[place]!.required} operations at most`;
  const where = isKeyed(judged)
    ? `with ${search.undecided.length} of ${keysOf(judged)} undecided; on key ${objects[place]!.key}, the search ${placed}`
    : `before a verdict; the search ${placed}`;
  return {
    checker,
    verdict: unknown('budget'),
    summary: `the ${limit} budget ended ${where}`,
    findings: [],
    figures: { ...figuresOf(judged), objectsUndecided: search.undecided.length },
  };
}

function figuresOf({ objects, problems, search }: Judged) {
  const required = problems.reduce((sum, each) => sum + each.required, 0);
  const notLinearized = search.undecided.reduce(
    (sum, { place, outcome }) => sum + problems[place]!.required - outcome.linearized,
    0,
  );
  return {
    operations: objects.reduce((sum, each) => sum + each.operations.length, 0),
    objects: objects.length,
    operationsRequired: required,
    operationsLinearized: required - notLinearized,
    searchSteps: search.steps,
  };
}

const isKeyed = ({ objects }: Judged): boolean => objects.some(({ key }) => key !== undefined);

const keysOf = ({ objects }: Judged): string => counted(objects.length, 'key');

const counted = (count: number, what: string): string =>
  `${count} ${what}${count === 1 ? '' : 's'}`;
