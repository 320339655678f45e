/** What is known of each element of a grow-only set: who added it, and since when it must be there. */
import type { Operation } from '../../src/core/history/operation.ts';
import { listAnswered } from '../claims/values.ts';
import { violation } from '../claims/findings.ts';
import { counted, shownList } from '../claims/shown.ts';
import { atom, describeAtom } from '../linearizability/models/values.ts';
import type { Atom } from '../linearizability/models/values.ts';
import type { Finding } from '../../src/core/verdict.ts';

export interface Element {
  readonly element: Atom;
  /** The first add that may have happened; absent where every one is known to have failed, or there is none. */
  added?: Operation;
  /** The add that was acknowledged first. */
  acknowledged?: Operation;
  /** The first add that failed. */
  failed?: Operation;
}

export type Elements = ReadonlyMap<Atom, Element>;

/** Every element that somebody tried to add, in the order of the first try. */
export function elementsOf(operations: readonly Operation[]): Elements {
  const elements = new Map<Atom, Element>();
  for (const operation of operations) {
    if (operation.f !== 'add') continue;
    const element = atom(operation.input);
    const known = elements.get(element) ?? { element };
    elements.set(element, known);
    if (operation.outcome === 'fail') {
      known.failed ??= operation;
      continue;
    }
    known.added ??= operation;
    if (
      operation.outcome === 'ok' &&
      !(known.acknowledged && before(known.acknowledged, operation))
    )
      known.acknowledged = operation;
  }
  return elements;
}

const before = (a: Operation, b: Operation): boolean => a.completeIndex! < b.completeIndex!;

export interface SetRead {
  readonly operation: Operation;
  /** When it was answered. */
  readonly answeredAt: number;
  readonly elements: ReadonlySet<Atom>;
  /** Elements that it names more than once. */
  readonly twice: readonly Atom[];
}

/** The reads that were answered, in the order of their invocations. */
export const readsOf = (operations: readonly Operation[]): SetRead[] =>
  operations.filter(({ f, outcome }) => f === 'read' && outcome === 'ok').map(toRead);

function toRead(operation: Operation): SetRead {
  const elements = new Set<Atom>();
  const twice = new Set<Atom>();
  for (const each of listAnswered(operation).map(atom))
    (elements.has(each) ? twice : elements).add(each);
  return { operation, answeredAt: operation.completeIndex!, elements, twice: [...twice] };
}

/** What no read may show, whatever was lost: elements that nobody had added by then, and elements named twice. */
export function strangersIn(reads: readonly SetRead[], elements: Elements): Finding[] {
  const told = new Set<Atom>();
  return reads.flatMap((read) => {
    const strangers = [...read.elements].filter(
      (each) => !told.has(each) && !wasAdded(elements.get(each), read),
    );
    for (const each of strangers) told.add(each);
    return [
      ...strangers.map((each) => unexpected(each, elements.get(each), read)),
      ...(read.twice.length === 0 ? [] : [duplicated(read)]),
    ];
  });
}

const wasAdded = (element: Element | undefined, { answeredAt }: SetRead): boolean =>
  element?.added !== undefined && element.added.invokeIndex < answeredAt;

function unexpected(name: Atom, element: Element | undefined, read: SetRead): Finding {
  const { added, failed } = element ?? {};
  const why =
    added !== undefined
      ? 'before it was added'
      : failed !== undefined
        ? 'although its add failed'
        : 'and nobody ever added it';
  const evidence = [read.operation, added ?? failed].filter((each) => each !== undefined);
  return violation('unexpected-element', `element ${describeAtom(name)} was read ${why}`, evidence);
}

const duplicated = ({ operation, twice }: SetRead): Finding =>
  violation(
    'duplicated-element',
    `a read names ${counted(twice.length, 'element')} more than once: ${shownList(twice)}`,
    [operation],
  );
