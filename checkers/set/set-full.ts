/**
 * set-full: every element that is known to be in the set stays there; how long each took to be seen by all is measured.
 *
 * An element is *known* from the first answer that proves it: its add's, or that of a read that has it. A read that was
 * invoked after that and has it not is *late*. With a later read that has it the element is *stable*, and was stale in
 * between; with none it is *lost*. A read that overlaps one without the element counts as later, in doubt.
 */
import type { Operation } from '../../src/core/history/operation.ts';
import type { Finding } from '../../src/core/verdict.ts';
import type { Claim, Judgement } from '../claims/claim.ts';
import { violation } from '../claims/findings.ts';
import { readOptions, yesOrNo } from '../claims/options.ts';
import type { GivenOptions } from '../claims/options.ts';
import type { Patience } from '../claims/patience.ts';
import { counted } from '../claims/shown.ts';
import { describeAtom } from '../linearizability/models/values.ts';
import { elementsOf, readsOf, strangersIn } from './elements.ts';
import { fatesOf } from './fates.ts';
import type { Fate } from './fates.ts';

/** `staleIsViolation`: a late read alone violates the claim, as it does for a set that promises linearizability. */
export function setFullFrom(given: GivenOptions): Claim {
  const { staleIsViolation = false } = readOptions('set-full', given, {
    staleIsViolation: yesOrNo,
  });
  return {
    name: 'set-full',
    says: staleIsViolation
      ? 'every read has every element that was known before it, and none that nobody added'
      : 'no element that is known to be in the set is lost, and none is read that nobody added',
    reads: ['add', 'read'],
    objects: 'by-key',
    judge: (operations, patience) => judge(operations, patience, staleIsViolation),
    held: ({ elementsStable = 0, elementsNeverRead = 0, elementsStale = 0, staleMsMax = 0 }) =>
      [
        `${counted(elementsStable, 'element')} stable, ${elementsNeverRead} never read`,
        ...(elementsStale > 0 ? [`${elementsStale} stale for up to ${staleMsMax} ms`] : []),
      ].join(', '),
  };
}

function judge(
  operations: readonly Operation[],
  patience: Patience,
  staleIsViolation: boolean,
): Judgement {
  const elements = elementsOf(operations);
  const reads = readsOf(operations);
  const fates = fatesOf(elements, reads, patience);
  const of = (kind: Fate['kind']) => fates.filter((fate) => fate.kind === kind);
  const stale = of('stable').filter(({ late }) => late !== undefined);
  const staleFindings = staleIsViolation ? stale.map(staleFinding) : [];
  return {
    findings: [...of('lost').map(lostFinding), ...staleFindings, ...strangersIn(reads, elements)],
    figures: {
      elementsAttempted: elements.size,
      elementsStable: of('stable').length,
      elementsLost: of('lost').length,
      elementsNeverRead: of('never-read').length,
      elementsStale: stale.length,
      staleMsMax: Math.max(0, ...stale.map(({ staleMs }) => staleMs)),
    },
    ...vacuityOf(elements.size, reads.length),
  };
}

function vacuityOf(elements: number, reads: number): Pick<Judgement, 'vacuous'> {
  if (elements === 0) return { vacuous: 'nothing was added' };
  return reads === 0 ? { vacuous: 'no read was answered' } : {};
}

const lostFinding = ({ element, known, late }: Fate): Finding =>
  violation(
    'lost-element',
    `element ${describeAtom(element)} is known to be in the set, and no read after that of entry ${late!.completeIndex} has it any more`,
    [late!, known!],
  );

const staleFinding = ({ element, known, late, staleMs }: Fate): Finding =>
  violation(
    'stale-read',
    `element ${describeAtom(element)} is known to be in the set, and a read ${staleMs} ms later has it not`,
    [late!, known!],
  );
