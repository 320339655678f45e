/**
 * A claim about what clients saw, and how it becomes a checker: what all of the checkers of Jepsen's family share.
 *
 * A claim looks at the operations of one independent object and names what contradicts it. Everything else is here:
 * pairing, splitting by key, the budget, and saying aloud that there was nothing to judge.
 */
import { dataError } from '../../src/core/errors.ts';
import { pair } from '../../src/core/history/operation.ts';
import type { Operation } from '../../src/core/history/operation.ts';
import type { CheckerSpec } from '../../src/core/seams/checker.ts';
import type { Finding } from '../../src/core/verdict.ts';
import { splitByObject } from '../linearizability/split.ts';
import type { NamedChecker } from '../spec.ts';
import { BudgetEnded, patienceWithin } from './patience.ts';
import type { Patience } from './patience.ts';
import { resultOf } from './results.ts';
import type { JudgedObject } from './results.ts';

export interface Claim {
  readonly name: string;
  /** One sentence: what it claims. */
  readonly says: string;
  /** The functions that it reads. An operation of any other is bad data, for it might explain anything. */
  readonly reads: readonly string[];
  /** Whether each key is an object of its own, or what is claimed spans keys. */
  readonly objects: 'by-key' | 'together';
  /** Judges one object; its operations are in the order of their invocations. */
  judge(operations: readonly Operation[], patience: Patience): Judgement;
  /** One sentence: what was looked at and found good. */
  held(figures: Figures): string;
}

/** What is counted, by name; those that end in `Max` are not added up over objects, the largest is kept. */
export type Figures = Readonly<Record<string, number>>;

export interface Judgement {
  /** Those of kind `safety` contradict the claim. */
  readonly findings: readonly Finding[];
  readonly figures: Figures;
  /** Why nothing could be judged; absent when something was. */
  readonly vacuous?: string;
}

/** The checker of a claim; `options` are those that it was made with. */
export function claimChecker(claim: Claim, options: CheckerSpec['options'] = {}): NamedChecker {
  const spec = { checker: claim.name, ...(Object.keys(options).length === 0 ? {} : { options }) };
  return {
    name: claim.name,
    says: claim.says,
    spec,
    check({ history }, budget) {
      const { operations, problems } = pair(history.entries);
      const [problem] = problems;
      if (problem !== undefined) throw dataError(`entry ${problem.index}: ${problem.problem}`);
      refuseOthers(claim, operations);
      const objects =
        claim.objects === 'by-key'
          ? splitByObject(operations, {})
          : [{ key: undefined, operations }];
      const patience = patienceWithin(budget);
      const judged: JudgedObject[] = [];
      try {
        for (const { key, operations } of objects)
          judged.push({ key, judgement: claim.judge(operations, patience) });
      } catch (thrown) {
        if (!(thrown instanceof BudgetEnded)) throw thrown;
      }
      return resultOf(claim, judged, objects.length);
    },
  };
}

function refuseOthers({ name, reads }: Claim, operations: readonly Operation[]): void {
  const other = operations.find(({ f }) => !reads.includes(f));
  if (other === undefined) return;
  throw dataError(
    `entry ${other.invokeIndex}: the checker ${name} does not know the function ${other.f}`,
    `it reads ${reads.join(', ')}`,
  );
}
