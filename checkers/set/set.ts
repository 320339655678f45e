/**
 * set: the last read has every element whose add was acknowledged before it, and none that nobody added.
 *
 * One read decides, so it must come after the adds, in calm. What happened to an element on the way, `set-full` says.
 */
import type { Operation } from '../../src/core/history/operation.ts';
import type { Finding } from '../../src/core/verdict.ts';
import type { Claim, Judgement } from '../claims/claim.ts';
import { violation } from '../claims/findings.ts';
import { counted } from '../claims/shown.ts';
import { describeAtom } from '../linearizability/models/values.ts';
import { elementsOf, readsOf, strangersIn } from './elements.ts';
import type { Element, SetRead } from './elements.ts';

export const set: Claim = {
  name: 'set',
  says: 'the last read has every element that was acknowledged before it, and none that nobody added',
  reads: ['add', 'read'],
  objects: 'by-key',
  judge,
  held: ({ elementsAcknowledged = 0, elementsRecovered = 0 }) =>
    `the last read has all of ${counted(elementsAcknowledged, 'acknowledged element')}, and ${elementsRecovered} of unknown adds`,
};

function judge(operations: readonly Operation[]): Judgement {
  const elements = elementsOf(operations);
  const last = readsOf(operations).at(-1);
  const figures = { elementsAttempted: elements.size };
  if (last === undefined) return { findings: [], figures, vacuous: 'no read was answered' };
  const due = [...elements.values()].filter((each) => mustBeIn(each, last));
  const lost = due.filter(({ element }) => !last.elements.has(element));
  const recovered = [...elements.values()].filter(
    ({ element, added, acknowledged }) =>
      added !== undefined && acknowledged === undefined && last.elements.has(element),
  );
  return {
    findings: [...lost.map((each) => lostFinding(each, last)), ...strangersIn([last], elements)],
    figures: {
      ...figures,
      elementsAcknowledged: due.length,
      elementsLost: lost.length,
      elementsRecovered: recovered.length,
    },
    ...(elements.size === 0 ? { vacuous: 'nothing was added' } : {}),
  };
}

const mustBeIn = ({ acknowledged }: Element, { operation }: SetRead): boolean =>
  acknowledged !== undefined && acknowledged.completeIndex! < operation.invokeIndex;

const lostFinding = ({ element, acknowledged }: Element, { operation }: SetRead): Finding =>
  violation(
    'lost-element',
    `element ${describeAtom(element)} was acknowledged and is not in the last read`,
    [operation, acknowledged!],
  );
