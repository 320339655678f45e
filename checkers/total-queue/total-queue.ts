/**
 * total-queue: what was put in and acknowledged comes out, and nothing comes out that nobody put in. Order is not judged.
 *
 * An element that never came out is lost only if the queue was later seen empty, by a drain or by a dequeue that found
 * nothing; until then it may still be inside. Nor is it lost while a dequeue whose end nobody knows may have taken it.
 */
import type { Operation } from '../../src/core/history/operation.ts';
import type { Finding } from '../../src/core/verdict.ts';
import type { Claim, Judgement } from '../claims/claim.ts';
import { note, violation } from '../claims/findings.ts';
import { readOptions, yesOrNo } from '../claims/options.ts';
import type { GivenOptions } from '../claims/options.ts';
import { counted, shownList } from '../claims/shown.ts';
import { describeAtom } from '../linearizability/models/values.ts';
import { elementsIn, lastSeenEmpty, mayHaveTaken } from './elements.ts';
import type { QueueElement } from './elements.ts';

/** `duplicatesAreViolations`: an element may come out only as often as it was put in. */
export function totalQueueFrom(given: GivenOptions): Claim {
  const { duplicatesAreViolations = false } = readOptions('total-queue', given, {
    duplicatesAreViolations: yesOrNo,
  });
  return {
    name: 'total-queue',
    says: duplicatesAreViolations
      ? 'what was put in and acknowledged comes out, as often as it was put in'
      : 'what was put in and acknowledged comes out, at least once',
    reads: ['enqueue', 'dequeue', 'drain'],
    objects: 'by-key',
    judge: (operations) => judge(operations, duplicatesAreViolations),
    held: ({ elementsAcknowledged = 0, elementsTaken = 0, elementsPerhapsTaken = 0 }) =>
      [
        `${counted(elementsAcknowledged, 'acknowledged element')}, ${elementsTaken} came out`,
        ...(elementsPerhapsTaken > 0
          ? [`${elementsPerhapsTaken} may have, in answers that were lost`]
          : []),
      ].join(', '),
  };
}

function judge(operations: readonly Operation[], duplicatesAreViolations: boolean): Judgement {
  const elements = [...elementsIn(operations).values()];
  const empty = lastSeenEmpty(operations);
  const missing = empty === undefined ? [] : elements.filter((each) => isMissing(each, empty));
  const missingCount = missing.reduce((sum, each) => sum + shortOf(each, empty!), 0);
  const takers = empty === undefined ? 0 : mayHaveTaken(operations, empty);
  const isLoss = missingCount > takers;
  const duplicated = elements.filter(
    ({ taken, put }) => put.length > 0 && taken.length > put.length,
  );
  const tell = duplicatesAreViolations ? violation : note;
  return {
    findings: [
      ...(isLoss ? [lostFinding(missing, missingCount - takers, empty!)] : []),
      ...elements
        .filter(({ taken, put }) => taken.length > 0 && !wasPut(taken, put))
        .map(unexpected),
      ...duplicated.map(({ element, taken, put }) =>
        tell('duplicated-element', twice(describeAtom(element), taken, put), [...taken, ...put]),
      ),
    ],
    figures: {
      elementsAcknowledged: elements.filter(({ acknowledged }) => acknowledged.length > 0).length,
      elementsTaken: elements.filter(({ taken }) => taken.length > 0).length,
      elementsLost: isLoss ? missingCount - takers : 0,
      elementsPerhapsTaken: isLoss ? 0 : missingCount,
      elementsDuplicated: duplicated.length,
    },
    ...vacuityOf(elements, empty),
  };
}

function vacuityOf(
  elements: readonly QueueElement[],
  empty: Operation | undefined,
): Pick<Judgement, 'vacuous'> {
  if (!elements.some(({ acknowledged }) => acknowledged.length > 0))
    return { vacuous: 'no enqueue was acknowledged' };
  const inside = elements.filter(({ acknowledged, taken }) => acknowledged.length > taken.length);
  const isSure = inside.every(({ acknowledged }) =>
    acknowledged.every((each) => empty !== undefined && each.completeIndex! < empty.invokeIndex),
  );
  return isSure
    ? {}
    : {
        vacuous:
          'the queue was not seen empty after the last enqueues, so what is missing may be inside',
      };
}

/** How many more were put in for certain before the queue was seen empty than ever came out. */
const shortOf = ({ acknowledged, taken }: QueueElement, empty: Operation): number =>
  acknowledged.filter(({ completeIndex }) => completeIndex! < empty.invokeIndex).length -
  taken.length;

const isMissing = (element: QueueElement, empty: Operation): boolean => shortOf(element, empty) > 0;

const wasPut = (taken: readonly Operation[], put: readonly Operation[]): boolean =>
  put.some((enqueue) => taken.every(({ completeIndex }) => enqueue.invokeIndex < completeIndex!));

function lostFinding(missing: readonly QueueElement[], least: number, empty: Operation): Finding {
  const names = shownList(missing.map(({ element }) => element));
  const count = least === missing.length ? 'are lost' : `of these ${least} at least are lost`;
  return violation(
    'lost-element',
    `acknowledged and gone when the queue was seen empty, ${count}: ${names}`,
    [empty, ...missing.map(({ acknowledged }) => acknowledged[0]!)],
  );
}

function unexpected({ element, taken, put, failed }: QueueElement): Finding {
  const why =
    put.length > 0
      ? 'before it was put in'
      : failed.length > 0
        ? 'although its enqueue failed'
        : 'and nobody ever put it in';
  const name = describeAtom(element);
  return violation('unexpected-element', `element ${name} came out ${why}`, [
    ...taken,
    ...put,
    ...failed,
  ]);
}

const twice = (name: string, taken: readonly unknown[], put: readonly unknown[]): string =>
  `element ${name} was put in ${put.length} times at most and came out ${taken.length} times`;
