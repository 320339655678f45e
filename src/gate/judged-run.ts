/** What every gate renders: a run that has been judged. All its text may come from a node, and is hostile until shown otherwise. */
import { describeVerdict } from '../core/verdict.ts';
import type { UnknownReason } from '../core/verdict.ts';
import type { Plan } from '../core/plan.ts';
import type { VerdictFile } from '../store/verdict-file.ts';

export interface JudgedRun {
  /** As it should be named to people: relative to where they are. */
  readonly folder: string;
  readonly plan: Plan;
  readonly verdict: VerdictFile;
}

/** `invalid (safety)`, `unknown (vacuous)`, `error`. */
export function verdictWords({
  verdict,
  kind,
  reason,
}: Pick<VerdictFile, 'verdict' | 'kind' | 'reason'>): string {
  switch (verdict) {
    case 'error':
      return 'error';
    case 'invalid':
      return describeVerdict({ verdict, kind: kind ?? 'safety' });
    case 'unknown':
      // The schema leaves the reason open for readers of newer files.
      return describeVerdict({ verdict, reason: (reason ?? 'torn') as UnknownReason });
    case 'valid':
      return describeVerdict({ verdict });
  }
}

/** `replicated-log-register-partition+kill`, as the results folder names it. */
export const runName = ({ system, workload, nemeses }: Plan): string =>
  [system, workload, nemeses.join('+') || 'none'].join('-');
