/**
 * When a smaller run counts as failing like the one that is shrunk: its verdict is invalid of the same kind, and has a finding of the type
 * of the other's gravest. That its cause is the same is likely, and not proved.
 */
import type { InvalidKind } from '../core/verdict.ts';
import type { BriefVerdict } from '../workers/task.ts';

export interface Failure {
  readonly kind: InvalidKind;
  /** Of the gravest finding. */
  readonly finding: string;
}

type Judged = Pick<BriefVerdict, 'verdict' | 'kind' | 'findings'>;

/** Undefined for a run that did not fail. */
export function failureOf({ verdict, kind, findings }: Judged): Failure | undefined {
  const [gravest] = findings;
  if (verdict !== 'invalid' || gravest === undefined || kind === undefined) return undefined;
  return { kind, finding: gravest.type };
}

/** Whether the run failed in that way, among others perhaps. */
export const failsAs = (
  { kind, finding }: Failure,
  { verdict, kind: found, findings }: Judged,
): boolean =>
  verdict === 'invalid' && found === kind && findings.some(({ type }) => type === finding);
