/** Every invariant by its name, and how an invariant becomes a checker. */
import { invalid, unknown, valid } from '../../src/core/verdict.ts';
import type { CheckResult } from '../../src/core/verdict.ts';
import type { NamedChecker } from '../spec.ts';
import { committedEntriesAgree } from './committed-entries-agree.ts';
import { generationNeverGoesBack } from './generation-never-goes-back.ts';
import { highWaterMarkNeverGoesBack } from './high-water-mark-never-goes-back.ts';
import type { Invariant, Judgement } from './invariant.ts';
import { oneLeaderPerGeneration } from './one-leader-per-generation.ts';

export const invariantRegistry = {
  'one-leader-per-generation': oneLeaderPerGeneration,
  'generation-never-goes-back': generationNeverGoesBack,
  'committed-entries-agree': committedEntriesAgree,
  'high-water-mark-never-goes-back': highWaterMarkNeverGoesBack,
} satisfies Record<string, Invariant>;

export type InvariantName = keyof typeof invariantRegistry;

/** A checker for each of the named invariants; for all of them unless some are named. */
export const invariants = (
  names: readonly InvariantName[] = Object.keys(invariantRegistry) as InvariantName[],
): NamedChecker[] => names.map((name) => invariantChecker(invariantRegistry[name]));

/** A violated invariant is a violation of safety. */
export const invariantChecker = (invariant: Invariant): NamedChecker => ({
  name: invariant.name,
  says: invariant.says,
  spec: { checker: invariant.name },
  check: ({ trace }) => toResult(invariant.name, invariant.check(trace)),
});

function toResult(checker: string, judgement: Judgement): CheckResult {
  const { kind, summary } = judgement;
  switch (kind) {
    case 'held':
      return { checker, verdict: valid, summary, findings: [] };
    case 'vacuous':
      return { checker, verdict: unknown('vacuous'), summary, findings: [] };
    case 'violated':
      return {
        checker,
        verdict: invalid('safety'),
        summary,
        findings: [
          {
            type: checker,
            kind: 'safety',
            summary,
            entries: [],
            details: { events: judgement.events },
          },
        ],
      };
  }
}
