/**
 * total-queue: what was put in and acknowledged comes out, and nothing comes out that nobody put in. Order is not judged.
 *
 * An element that never came out is lost only if the queue was later seen empty, by a drain or by a dequeue that found
 * nothing; until then it may still be inside. Nor is it lost if a dequeue whose end nobody knows may have taken it by then.
 */
import type { Operation } from '../../src/core/history/operation.ts';
import type { Finding } from '../../src/core/verdict.ts';
import type { Claim, Judgement } from '../claims/claim.ts';
import { note, violation } from '../claims/findings.ts';
import { readOptions, yesOrNo } from '../claims/options.ts';
import type { GivenOptions } from '../claims/options.ts';
import { counted, shownList } from '../claims/shown.ts';
import { atom, describeAtom } from '../linearizability/models/values.ts';
import { elementsIn, sightingsOfEmpty } from './elements.ts';
import type { QueueElement } from './elements.ts';
import { missingFrom } from './losses.ts';
import type { Missing } from './losses.ts';

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
  const missing = missingFrom(operations, elements);
  const isLoss = missing !== undefined && missing.lost > 0;
  const duplicated = elements.flatMap((each) => duplicationOf(each) ?? []);
  const tell = duplicatesAreViolations ? violation : note;
  return {
    findings: [
      ...(isLoss ? [lostFinding(missing)] : []),
      ...elements
        .filter(({ taken, put }) => taken.length > 0 && !wasPut(taken, put))
        .map(unexpected),
      ...duplicated.map(({ summary, evidence }) => tell('duplicated-element', summary, evidence)),
    ],
    figures: {
      elementsAcknowledged: elements.filter(({ acknowledged }) => acknowledged.length > 0).length,
      elementsTaken: elements.filter(({ taken }) => taken.length > 0).length,
      elementsLost: isLoss ? missing.lost : 0,
      elementsPerhapsTaken: isLoss ? 0 : (missing?.enqueues.length ?? 0),
      elementsDuplicated: duplicated.length,
    },
    ...vacuityOf(elements, sightingsOfEmpty(operations).at(-1)),
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

const wasPut = (taken: readonly Operation[], put: readonly Operation[]): boolean =>
  put.some((enqueue) => taken.every(({ completeIndex }) => enqueue.invokeIndex < completeIndex!));

function lostFinding({ empty, enqueues, lost }: Missing): Finding {
  const firsts = new Map(enqueues.toReversed().map((each) => [atom(each.input), each]));
  const count = lost === firsts.size ? 'are lost' : `of these ${lost} at least are lost`;
  const evidence = [...firsts.values()].toReversed();
  const names = shownList(evidence.map(({ input }) => input));
  return violation(
    'lost-element',
    `acknowledged and gone when the queue was seen empty, ${count}: ${names}`,
    [empty, ...evidence],
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

/** Where an element had come out more often than anybody had begun to put it in. */
function duplicationOf({ element, taken, put }: QueueElement) {
  const takes = taken.toSorted((a, b) => a.completeIndex! - b.completeIndex!);
  const nth = takes.findIndex(
    ({ completeIndex }, i) => i > 0 && !(put[i] && put[i].invokeIndex < completeIndex!),
  );
  if (put.length === 0 || nth < 0) return undefined;
  const putsUntil = put.filter(({ invokeIndex }) => invokeIndex < takes[nth]!.completeIndex!);
  const summary = `element ${describeAtom(element)} had come out ${nth + 1} times when it had been put in ${putsUntil.length} times at most`;
  return { summary, evidence: [...takes, ...put] };
}
