/**
 * The availability checker: did the system work enough for the other verdicts to mean something, and did it work again
 * after healing?
 *
 * Not a judge of single operations. It says `invalid (liveness)` when clients did not recover in time, and `unknown
 * (vacuous)` when too little succeeded, or when there was a nemesis and no fault of it in force while an operation was
 * open: a fault that does nothing passes every test.
 */
import { pair } from '../../src/core/history/operation.ts';
import { combine, invalid, unknown, valid } from '../../src/core/verdict.ts';
import type { CheckResult, Verdict } from '../../src/core/verdict.ts';
import type { NamedChecker } from '../spec.ts';
import { countOutcomes } from './counts.ts';
import type { Counts, OutcomeCounts } from './counts.ts';
import { faultsInForce } from './faults-in-force.ts';
import type { FaultsInForce } from './faults-in-force.ts';
import { recoveryOf } from './recovery.ts';

export const availability: NamedChecker = {
  name: 'availability',
  says: 'enough operations succeeded, faults met operations, and clients worked again after healing',
  spec: { checker: 'availability' },
  check({ history }): CheckResult {
    const { operations } = pair(history.entries);
    const counts = countOutcomes(operations);
    const faults = faultsInForce(history.entries, operations);
    const recovery = recoveryOf(history.entries);
    const emptiness = vacuityOf(counts, faults);
    const verdicts: Verdict[] = [
      emptiness === undefined ? valid : unknown('vacuous'),
      recovery.kind === 'not-recovered' ? invalid('liveness') : valid,
    ];
    const findings = recovery.kind === 'not-recovered' ? [recovery.finding] : [];
    const judged = recovery.kind === 'not-recovered' ? recovery.finding.summary : recovery.summary;
    return {
      checker: 'availability',
      verdict: combine(verdicts),
      summary: [emptiness, judged, shareOf(counts.all)]
        .filter((part) => part !== undefined)
        .join('; '),
      findings,
      figures: figuresOf(counts, faults),
    };
  },
};

/** Why the run says nothing; undefined when it does. */
function vacuityOf(counts: Counts, faults: FaultsInForce): string | undefined {
  if (counts.all.ok === 0) return 'no operation succeeded';
  const functions = [...counts.byFunction];
  const reads = functions.filter(([f]) => isRead(f));
  const others = functions.filter(([f]) => !isRead(f));
  for (const group of [reads, others]) {
    if (group.length > 0 && group.every(([, { ok }]) => ok === 0))
      return `no ${group.map(([f]) => f).join(' or ')} succeeded`;
  }
  if (faults.planned === 0 && faults.nemeses.length > 0)
    return `the run was over before ${faults.nemeses.join(' or ')} had planned a fault`;
  if (faults.planned > 0 && faults.met === 0)
    return faults.installed === 0
      ? `none of ${faults.planned} planned faults is known to have been in force`
      : 'no fault was in force while an operation was open';
  return undefined;
}

const isRead = (f: string): boolean => f === 'read' || f === 'get';

const shareOf = ({ ok, fail, info }: OutcomeCounts): string =>
  `${ok} of ${ok + fail + info} operations succeeded, ${fail} failed, ${info} are unknown`;

function figuresOf(counts: Counts, faults: FaultsInForce): Record<string, number> {
  const figures: Record<string, number> = {
    operationsOk: counts.all.ok,
    operationsFail: counts.all.fail,
    operationsInfo: counts.all.info,
    processes: counts.byProcess.size,
    processesWithoutOk: [...counts.byProcess.values()].filter(({ ok }) => ok === 0).length,
    faultsPlanned: faults.planned,
    faultsInstalled: faults.installed,
    faultsMetByOperations: faults.met,
  };
  for (const [f, { ok, fail, info }] of counts.byFunction) {
    figures[`operationsOk: ${f}`] = ok;
    figures[`operationsFail: ${f}`] = fail;
    figures[`operationsInfo: ${f}`] = info;
  }
  return figures;
}
