/** What became of each element of a set, from all reads. */
import type { Operation } from '../../src/core/history/operation.ts';
import { nsPerMs } from '../../src/core/time.ts';
import type { Patience } from '../claims/patience.ts';
import type { Atom } from '../linearizability/models/values.ts';
import type { Element, Elements, SetRead } from './elements.ts';

export interface Fate {
  readonly element: Atom;
  /** `never-read`: nothing proves that it was ever in the set, or nobody has looked since. */
  readonly kind: 'stable' | 'lost' | 'never-read';
  /** Whose answer proved first that it is in the set. */
  readonly known?: Operation;
  /** The last read, invoked after that, that has it not. */
  readonly late?: Operation;
  /** From when it was known to the invocation of that read; 0 without one. */
  readonly staleMs: number;
}

/** Of every element that may have been added, in their order. */
export function fatesOf(elements: Elements, reads: readonly SetRead[], patience: Patience): Fate[] {
  const lastSeen = lastSightings(reads);
  const firstSeen = firstSightings(reads);
  return [...elements.values()]
    .filter(({ added }) => added !== undefined)
    .map((element) => fateOf(element, reads, firstSeen, lastSeen, patience));
}

function fateOf(
  { element, acknowledged }: Element,
  reads: readonly SetRead[],
  firstSeen: Sightings,
  lastSeen: Sightings,
  patience: Patience,
): Fate {
  const known = earlier(acknowledged, firstSeen.get(element));
  const seen = lastSeen.get(element);
  if (known === undefined) return { element, kind: 'never-read', staleMs: 0 };
  const late = lastLate(element, known, reads, patience);
  if (late === undefined)
    return { element, kind: seen === undefined ? 'never-read' : 'stable', known, staleMs: 0 };
  const isBack = seen !== undefined && seen.completeIndex! > late.invokeIndex;
  const staleMs = Math.round((late.callNs - known.returnNs) / nsPerMs);
  return { element, kind: isBack ? 'stable' : 'lost', known, late, staleMs };
}

/** From the last read backwards; mostly the first looked at has the element, and so have those before it. */
function lastLate(
  element: Atom,
  known: Operation,
  reads: readonly SetRead[],
  patience: Patience,
): Operation | undefined {
  for (let i = reads.length - 1; i >= 0; i--) {
    const { operation, elements } = reads[i]!;
    if (operation.invokeIndex < known.completeIndex!) return undefined;
    patience.tick();
    if (!elements.has(element)) return operation;
  }
  return undefined;
}

/** For each element the read that has it and was answered last, or first. */
type Sightings = ReadonlyMap<Atom, Operation>;

const firstSightings = (reads: readonly SetRead[]): Sightings =>
  sightings(reads.toSorted((a, b) => b.answeredAt - a.answeredAt));

const lastSightings = (reads: readonly SetRead[]): Sightings =>
  sightings(reads.toSorted((a, b) => a.answeredAt - b.answeredAt));

function sightings(reads: readonly SetRead[]): Sightings {
  const seen = new Map<Atom, Operation>();
  for (const { operation, elements } of reads)
    for (const element of elements) seen.set(element, operation);
  return seen;
}

function earlier(a: Operation | undefined, b: Operation | undefined): Operation | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a.completeIndex! < b.completeIndex! ? a : b;
}
