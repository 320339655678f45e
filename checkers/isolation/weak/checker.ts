/**
 * The checker for levels so weak that they need no order of versions: read committed, read atomic and causal, over registers with unique writes
 * (Biswas & Enea, *On the Complexity of Checking Transactional Consistency*, OOPSLA 2019; Møldrup & Pavlogiannis, *AWDIT*, PLDI 2025).
 *
 * Each level is one axiom: a read of key x from t1 shows that another writer of x, t2, was committed before t1, if t2 came before the reader in a way
 * that the level respects. If what is so inferred, with sessions and reads, has no circle, then it can be made an order of commits, and the level is
 * kept; so the answer is exact.
 */
import { usageError } from '../../../src/core/errors.ts';
import type { History } from '../../../src/core/history/entry.ts';
import { nearestHint } from '../../../src/core/nearest.ts';
import type { Budget } from '../../../src/core/seams/checker.ts';
import { unknown } from '../../../src/core/verdict.ts';
import type { CheckResult } from '../../../src/core/verdict.ts';
import type { NamedChecker } from '../../spec.ts';
import { findBadReads, writesInTurn } from '../bad-reads.ts';
import { oddityList, wordsOf } from '../findings.ts';
import { BudgetSpent, meterOf } from '../meter.ts';
import { readTransactions } from '../read-transactions.ts';
import { earlierMops, readsOf, somethingWasRead } from '../transactions.ts';
import { vacuous } from '../verdicts.ts';
import { findInternal } from '../rw-register/internal.ts';
import { knownOf } from '../rw-register/known.ts';
import { registers } from '../rw-register/registers.ts';
import { circlesOf } from './commits.ts';
import type { Circle } from './commits.ts';
import { weakLevels } from './levels.ts';
import type { WeakLevel } from './levels.ts';
import { weakResult } from './results.ts';
import { sessionsOf } from './sessions.ts';

const checker = 'weak-isolation';

/** `consistency` is one of the weak levels; throws a `usage` error for anything else. */
export function weakIsolationFrom(options: Readonly<Record<string, unknown>>): NamedChecker {
  const { consistency = 'causal', ...others } = options;
  const [other] = Object.keys(others);
  if (other !== undefined)
    throw usageError(
      `the checker ${checker} has no option ${other}`,
      nearestHint(other, ['consistency']),
    );
  const level = weakLevels.find((each) => each === consistency);
  if (level === undefined) {
    const shown = typeof consistency === 'string' ? consistency : JSON.stringify(consistency);
    throw usageError(
      `--consistency: ${shown} is not one of ${checker}`,
      nearestHint(shown, weakLevels),
    );
  }
  return {
    name: checker,
    says: `transactions that write to registers and read them are ${level}`,
    spec: { checker, options: { consistency: level } },
    check: ({ history }, budget) => judge(level, history, budget),
  };
}

function judge(level: WeakLevel, history: History, budget: Budget): CheckResult {
  const meter = meterOf(budget);
  const oddities = oddityList();
  const circles = new Map<WeakLevel, readonly Circle[]>();
  try {
    const txns = readTransactions(history, registers, meter);
    if (!somethingWasRead(txns)) return vacuous(checker, txns.count);
    const words = wordsOf(txns, registers);
    const found = { checker, level, txns, words, oddities, circles };
    try {
      meter.stage('looking at reads');
      const known = knownOf(txns);
      const reads = readsOf(txns, known, meter);
      const earlierMop = earlierMops(txns, meter);
      const { later } = writesInTurn(txns, earlierMop);
      findBadReads(txns, reads, later, words, oddities, meter);
      findInternal(txns, reads, earlierMop, words, oddities, 'own-write-unseen');
      const sessions = sessionsOf(txns, known, meter);
      for (const each of weakLevels) {
        meter.stage(`looking for the order of commits that ${each} demands`);
        const some = circlesOf(each, sessions, txns.keyNames.length, meter);
        if (some.length === 0) continue;
        circles.set(each, some);
        break;
      }
    } catch (thrown) {
      if (!(thrown instanceof BudgetSpent)) throw thrown;
      return weakResult({ ...found, spent: thrown });
    }
    return weakResult({ ...found, spent: undefined });
  } catch (thrown) {
    if (!(thrown instanceof BudgetSpent)) throw thrown;
    return { checker, verdict: unknown('budget'), summary: thrown.message, findings: [] };
  }
}
