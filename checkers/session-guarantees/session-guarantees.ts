/**
 * session-guarantees: read-your-writes, monotonic reads, monotonic writes and writes-follow-reads (Terry et al. 1994), for
 * registers one by one.
 *
 * A session is a process. All versions of a register stand in one order, which nobody recorded. Each guarantee says of
 * some pairs which of the two is the older: a session that read 5 and then 7 was promised that 7 is not older. So does every
 * compare-and-set, whatever is promised. If the pairs go in a circle, no order of the versions explains what was seen.
 * Blind to what spans registers (see `causal`), and to staleness that no session can notice.
 */
import type { Operation } from '../../src/core/history/operation.ts';
import type { Claim, Judgement } from '../claims/claim.ts';
import { anAtom, readOptions, someOf } from '../claims/options.ts';
import type { GivenOptions } from '../claims/options.ts';
import { asFarAsPatience } from '../claims/patience.ts';
import type { Patience } from '../claims/patience.ts';
import { counted } from '../claims/shown.ts';
import type { Atom } from '../linearizability/models/values.ts';
import { registerFunctions, registersOf } from '../registers/registers.ts';
import { findingsOf } from './broken-guarantees.ts';
import { precedencesOf } from './precedences.ts';
import { guarantees } from './guarantees.ts';
import type { Guarantee } from './guarantees.ts';

/**
 * `guarantees`: which of them are promised; all four when absent. `initial`: what every register holds at first; null when
 * absent.
 */
export function sessionGuaranteesFrom(given: GivenOptions): Claim {
  const { guarantees: promised = guarantees, initial = null } = readOptions(
    'session-guarantees',
    given,
    { guarantees: someOf(guarantees), initial: anAtom },
  );
  return {
    name: 'session-guarantees',
    says: `each session keeps its guarantees: ${promised.join(', ')}`,
    reads: registerFunctions,
    objects: 'by-key',
    judge: (operations, patience) => judge(operations, initial, promised, patience),
    held: ({ observations = 0 }) =>
      `${counted(observations, 'observation')} keep ${promised.join(', ')}`,
  };
}

function judge(
  operations: readonly Operation[],
  initial: Atom,
  promised: readonly Guarantee[],
  patience: Patience,
): Judgement {
  const { steps, findings, ambiguous } = registersOf(operations, initial);
  const observations = steps.filter(({ observed }) => observed !== undefined).length;
  const figures = { observations, sessions: new Set(steps.map(({ session }) => session)).size };
  if (ambiguous.size > 0)
    return {
      findings,
      figures,
      vacuous: 'a value was written twice, so it cannot be told which was read',
    };
  if (observations === 0) return { findings, figures, vacuous: 'no read was answered' };
  const all = asFarAsPatience(findings, () =>
    findingsOf(precedencesOf(steps, initial, patience), promised, patience),
  );
  return { findings: all, figures };
}
