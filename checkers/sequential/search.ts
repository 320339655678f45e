/**
 * The search for a sequential order: depth first over how far each session has come, with a memo of the places that have no way
 * on.
 *
 * Reads of what is there are taken at once, for they change nothing. A write must wait until all have observed the version
 * that it overwrites, for unique values never come back.
 */
import type { CausalOrder } from '../causal/causal-order.ts';
import type { Patience } from '../claims/patience.ts';
import type { Atom } from '../linearizability/models/values.ts';
import { nameOf } from '../registers/registers.ts';
import type { ObjectKey, Step } from '../registers/registers.ts';

export type OrderOutcome =
  | { readonly kind: 'found'; readonly furthest: number; readonly witness: readonly Step[] }
  /** Too many places were met. */
  | { readonly kind: 'cut-off'; readonly furthest: number }
  /** `stuck`: what each session would have done next where most had been ordered. */
  | { readonly kind: 'none'; readonly furthest: number; readonly stuck: readonly Step[] };

/** The memo's limit: a place takes some hundred bytes. */
const placesMax = 200_000;

/**
 * The steps are in the order of their invocations, and every one must be ordered, after all that `order` has before it. `initial` is what
 * registers hold at first.
 */
export function searchOrder(
  steps: readonly Step[],
  initial: Atom,
  order: CausalOrder,
  patience: Patience,
): OrderOutcome {
  const board = new Board(steps, initial, order);
  const met = new Set<string>();
  const ways: { readonly mark: number; readonly choices: Step[] }[] = [];
  let furthest = -1;
  let stuck: readonly Step[] = [];
  for (let mark = 0; ;) {
    board.takeReads();
    if (board.ordered > furthest) {
      furthest = board.ordered;
      stuck = board.next();
    }
    if (furthest === steps.length) return { kind: 'found', furthest, witness: board.taken() };
    const place = board.place();
    const isNew = !met.has(place);
    met.add(place);
    if (met.size > placesMax) return { kind: 'cut-off', furthest };
    ways.push({ mark, choices: isNew ? board.next().filter((step) => board.allows(step)) : [] });
    for (;;) {
      patience.tick();
      const way = ways.at(-1);
      if (way === undefined) return { kind: 'none', furthest, stuck };
      const choice = way.choices.pop();
      if (choice !== undefined) {
        mark = board.ordered;
        board.take(choice);
        break;
      }
      board.backTo(way.mark);
      ways.pop();
    }
  }
}

/** How far each session has come, what each register holds, and who has still to observe what. */
class Board {
  readonly #sessions: readonly (readonly Step[])[];
  readonly #positions: number[];
  readonly #initial: Atom;
  readonly #order: CausalOrder;
  readonly #values = new Map<ObjectKey, Atom>();
  readonly #observers = new Map<string, number>();
  readonly #taken: { readonly step: Step; readonly before: Atom }[] = [];

  constructor(steps: readonly Step[], initial: Atom, order: CausalOrder) {
    this.#initial = initial;
    this.#order = order;
    const sessions: Step[][] = [];
    for (const step of steps) {
      (sessions[step.session] ??= []).push(step);
      this.#expect(step, 1);
    }
    this.#sessions = sessions;
    this.#positions = sessions.map(() => 0);
  }

  get ordered(): number {
    return this.#taken.length;
  }

  /** All that was ordered, in its order. */
  taken(): Step[] {
    return this.#taken.map(({ step }) => step);
  }

  /** The next step of each session that has one, the one that was invoked first last. */
  next(): Step[] {
    return this.#sessions
      .flatMap((ofSession, i) => ofSession[this.#positions[i]!] ?? [])
      .toSorted((a, b) => b.operation.invokeIndex - a.operation.invokeIndex);
  }

  allows(step: Step): boolean {
    const { key, observed, written } = step;
    if (!this.#isDue(step)) return false;
    const value = this.#valueOf(key);
    if (observed !== undefined && observed !== value) return false;
    const own = observed === undefined ? 0 : 1;
    return written === undefined || (this.#observers.get(nameOf(key, value)) ?? 0) === own;
  }

  take(step: Step): void {
    this.#taken.push({ step, before: this.#valueOf(step.key) });
    this.#positions[step.session]! += 1;
    this.#expect(step, -1);
    if (step.written !== undefined) this.#values.set(step.key, step.written);
  }

  /** Takes every read that sees what is there, again and again. */
  takeReads(): void {
    for (const [i, ofSession] of this.#sessions.entries())
      for (;;) {
        const step = ofSession[this.#positions[i]!];
        if (step === undefined || step.written !== undefined || !this.allows(step)) break;
        this.take(step);
      }
  }

  backTo(mark: number): void {
    while (this.#taken.length > mark) {
      const { step, before } = this.#taken.pop()!;
      this.#positions[step.session]! -= 1;
      this.#expect(step, 1);
      this.#values.set(step.key, before);
    }
  }

  /**
   * How far each session has come tells all of what can follow: where a version was written that has still to be observed,
   * it is the one that is there, for nothing may overwrite it; and of any other it does not matter which it is.
   */
  place(): string {
    return this.#positions.join();
  }

  /** Whether all that comes before it has been taken. */
  #isDue(step: Step): boolean {
    return this.#positions.every(
      (position, session) =>
        session === step.session || this.#order.seenBy(step, session) <= position,
    );
  }

  #valueOf(key: ObjectKey): Atom {
    const value = this.#values.get(key);
    return value === undefined ? this.#initial : value;
  }

  #expect({ key, observed }: Step, change: 1 | -1): void {
    if (observed === undefined) return;
    const name = nameOf(key, observed);
    this.#observers.set(name, (this.#observers.get(name) ?? 0) + change);
  }
}
