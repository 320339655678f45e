/**
 * The causal order of steps, as vector clocks: for each step, how many steps of each session came before it or are it.
 *
 * A step that is the n-th of its session (from 0) is before another one whose clock counts more than n there. Clocks take
 * steps × sessions of memory, and a retired process is a session of its own.
 */
import type { Patience } from '../claims/patience.ts';
import { nameOf } from '../registers/registers.ts';
import type { Step } from '../registers/registers.ts';

/** Where a step stands. */
export interface Place {
  readonly session: number;
  /** From 0. */
  readonly nth: number;
}

export interface CausalOrder {
  readonly kind: 'order';
  placeOf(step: Step): Place;
  /** Whether the first came before the second, or is it. */
  isBefore(first: Step, second: Step): boolean;
  /** How many steps of a session came before it or are it. */
  seenBy(step: Step, session: number): number;
  /** The step that wrote what the step observed; undefined for an initial value. */
  sourceOf(step: Step): Step | undefined;
}

/** Each of the steps has the next one for a cause, and the last one the first. */
export interface Circle {
  readonly kind: 'circle';
  readonly steps: readonly Step[];
}

/** The steps are in the order of their invocations, so those of a session follow one another. */
export function causalOrderOf(steps: readonly Step[], patience: Patience): CausalOrder | Circle {
  const { places, sessions } = placesOf(steps);
  const writers = new Map<string, Step>();
  for (const step of steps)
    if (step.written !== undefined) writers.set(nameOf(step.key, step.written), step);
  const sourceOf = ({ key, observed }: Step) =>
    observed === undefined ? undefined : writers.get(nameOf(key, observed));
  const causesOf = (step: Step) =>
    [step.follows, sourceOf(step)].filter((each) => each !== undefined);
  const sorted = causesFirst(steps, causesOf);
  if (sorted.kind === 'circle') return sorted;
  patience.takeMemory(steps.length * sessions * Int32Array.BYTES_PER_ELEMENT);
  const clocks = new Map<Step, Int32Array>();
  for (const step of sorted.steps) {
    const clock = new Int32Array(sessions);
    for (const cause of causesOf(step)) {
      patience.tick();
      raise(clock, clocks.get(cause)!);
    }
    const { session, nth } = places.get(step)!;
    clock[session] = nth + 1;
    clocks.set(step, clock);
  }
  const seenBy = (step: Step, session: number) => clocks.get(step)![session]!;
  return {
    kind: 'order',
    placeOf: (step) => places.get(step)!,
    isBefore: (first, second) => {
      const { session, nth } = places.get(first)!;
      return seenBy(second, session) > nth;
    },
    seenBy,
    sourceOf,
  };
}

function placesOf(steps: readonly Step[]) {
  const counts: number[] = [];
  const places = new Map<Step, Place>();
  for (const step of steps) {
    const nth = counts[step.session] ?? 0;
    counts[step.session] = nth + 1;
    places.set(step, { session: step.session, nth });
  }
  return { places, sessions: counts.length };
}

function raise(clock: Int32Array, other: Int32Array): void {
  for (let i = 0; i < clock.length; i++) if (other[i]! > clock[i]!) clock[i] = other[i]!;
}

type Sorted = { readonly kind: 'sorted'; readonly steps: readonly Step[] } | Circle;

/** Depth first, without recursion, for chains of causes are as long as a history. */
function causesFirst(steps: readonly Step[], causesOf: (step: Step) => readonly Step[]): Sorted {
  const sorted = new Set<Step>();
  for (const start of steps) {
    if (sorted.has(start)) continue;
    const path = new Map<Step, readonly Step[]>([[start, causesOf(start)]]);
    const way = [start];
    for (let at = way.at(-1); at !== undefined; at = way.at(-1)) {
      const next = path.get(at)!.find((cause) => !sorted.has(cause));
      if (next === undefined) {
        sorted.add(at);
        path.delete(at);
        way.pop();
      } else if (path.has(next)) {
        return { kind: 'circle', steps: way.slice(way.indexOf(next)) };
      } else {
        path.set(next, causesOf(next));
        way.push(next);
      }
    }
  }
  return { kind: 'sorted', steps: [...sorted] };
}
