/**
 * Verdicts: what a checker, a run or a campaign says about the system under test.
 *
 * Never a boolean: where a checker could not decide it says `unknown` and why. A failure of the harness is no verdict
 * and stands outside this lattice (see `RunOutcome` in the store).
 */

import type { IsolationSummary } from './isolation.ts';

export type InvalidKind = 'safety' | 'liveness';

/**
 * `vacuous`: too little happened to say anything. `undecided`: what was seen does not show it, either way. `budget`: time or
 * memory ran out. `torn`: the history is incomplete. `assumption-broken`: the faults went beyond what the system promises to
 * bear. `disputed`: two ways to decide contradict each other, so one of them is wrong.
 */
export type UnknownReason =
  | 'vacuous'
  | 'undecided'
  | 'budget'
  | 'torn'
  | 'assumption-broken'
  | 'disputed';

export type Verdict =
  | { readonly verdict: 'valid' }
  | { readonly verdict: 'invalid'; readonly kind: InvalidKind }
  | { readonly verdict: 'unknown'; readonly reason: UnknownReason };

export const valid: Verdict = { verdict: 'valid' };
export const invalid = (kind: InvalidKind): Verdict => ({ verdict: 'invalid', kind });
export const unknown = (reason: UnknownReason): Verdict => ({ verdict: 'unknown', reason });

/** The worst of all: a safety violation is hidden by nothing, a missing verdict is never taken for a good one. */
export function combine(verdicts: readonly Verdict[]): Verdict {
  return verdicts.reduce((worst, each) => (rank(each) > rank(worst) ? each : worst), valid);
}

/** Later is worse. */
const order = [
  'valid',
  'vacuous',
  'undecided',
  'assumption-broken',
  'torn',
  'budget',
  'disputed',
  'liveness',
  'safety',
] as const;

function rank(verdict: Verdict): number {
  switch (verdict.verdict) {
    case 'valid':
      return order.indexOf('valid');
    case 'unknown':
      return order.indexOf(verdict.reason);
    case 'invalid':
      return order.indexOf(verdict.kind);
  }
}

/** `invalid (safety)`, as the terminal and the report say it. */
export function describeVerdict(verdict: Verdict): string {
  switch (verdict.verdict) {
    case 'valid':
      return 'valid';
    case 'invalid':
      return `invalid (${verdict.kind})`;
    case 'unknown':
      return `unknown (${verdict.reason})`;
  }
}

/** One thing that a checker found, with its evidence as data; how it looks is the renderers' business. */
export interface Finding {
  /** A stable, short name of what is wrong: `not-linearizable`, `two-leaders-in-a-generation`. */
  readonly type: string;
  readonly kind: InvalidKind | 'note';
  /** One sentence that a person understands without the data. */
  readonly summary: string;
  /** Indexes of the history's entries that are the evidence; the first is where to look first. */
  readonly entries: readonly number[];
  /** Whatever else the report can draw; its shape belongs to `type`. */
  readonly details?: unknown;
}

/** What one checker says. */
export interface CheckResult {
  readonly checker: string;
  readonly verdict: Verdict;
  /** One sentence: what was found, or what was looked at and found good. */
  readonly summary: string;
  readonly findings: readonly Finding[];
  /** What a checker of isolation says of all levels, beside the one that it judges. */
  readonly isolation?: IsolationSummary;
  /** Figures for the report, each with its unit in its name. */
  readonly figures?: Readonly<Record<string, number>>;
}
