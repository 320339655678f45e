/** Findings of claims: what was violated, and the entries that show it. */
import type { Operation } from '../../src/core/history/operation.ts';
import type { Finding } from '../../src/core/verdict.ts';

/** A violation of safety; `evidence` is in the order of its weight. */
export const violation = (
  type: string,
  summary: string,
  evidence: readonly Operation[],
  details?: unknown,
): Finding => ({
  type,
  kind: 'safety',
  summary,
  entries: entriesOf(evidence),
  ...(details === undefined ? {} : { details }),
});

/** What is worth saying and violates nothing. */
export const note = (type: string, summary: string, evidence: readonly Operation[]): Finding => ({
  type,
  kind: 'note',
  summary,
  entries: entriesOf(evidence),
});

/** The completion says what was seen; an operation without one is known by its invocation. */
const entriesOf = (evidence: readonly Operation[]): number[] =>
  evidence
    .slice(0, evidenceMax)
    .map(({ invokeIndex, completeIndex }) => completeIndex ?? invokeIndex);

const evidenceMax = 20;
