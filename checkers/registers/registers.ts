/**
 * Registers under reads, writes and compare-and-sets, read as *steps*: what each operation observed, and what it wrote.
 *
 * Values are unique per key, so that a value names the write it comes from. Where a key has one that was written twice,
 * nothing can be told from its reads, and it is left out. So is what says nothing: failed operations, reads without an
 * answer, and unknown writes that nobody saw, for they may never have happened.
 */
import { addTo } from '../claims/groups.ts';
import type { Key, ProcessId } from '../../src/core/history/entry.ts';
import type { Operation } from '../../src/core/history/operation.ts';
import type { Finding } from '../../src/core/verdict.ts';
import { violation } from '../claims/findings.ts';
import { unreadable } from '../claims/values.ts';
import { atom, describeAtom } from '../linearizability/models/values.ts';
import type { Atom } from '../linearizability/models/values.ts';

/** The functions that `registersOf` reads. */
export const registerFunctions = ['read', 'write', 'compare-and-set', 'cas'] as const;

export type ObjectKey = Key | undefined;

export interface Step {
  readonly operation: Operation;
  /** A session: its steps follow one another. */
  readonly session: ProcessId;
  readonly key: ObjectKey;
  /** The value that was there, of a read or a compare-and-set. */
  readonly observed?: Atom;
  /** The value that is there since. */
  readonly written?: Atom;
}

export interface Registers {
  /** In the order of their invocations. */
  readonly steps: readonly Step[];
  /** Answers that nobody can have written; their steps observe nothing. */
  readonly findings: readonly Finding[];
  /** Keys where some value was written twice. */
  readonly ambiguous: ReadonlySet<ObjectKey>;
}

/** What was there before any write. */
export const initialValue: Atom = null;

/** Throws a `data` error for an operation that is of no register. */
export function registersOf(operations: readonly Operation[]): Registers {
  const raw = operations.map(rawStep);
  const writers = writersOf(raw);
  const findings: Finding[] = [];
  const seen = new Set<string>();
  for (const step of raw) {
    if (step.observed === undefined || step.operation.outcome !== 'ok') continue;
    const finding = unwritten(step, writers.get(nameOf(step.key, step.observed)) ?? []);
    if (finding === undefined) seen.add(nameOf(step.key, step.observed));
    else findings.push(finding);
  }
  for (const name of seen) for (const needed of neededFor(writers.get(name))) seen.add(needed);
  const strange = new Set(findings.map(({ entries }) => entries[0]));
  const ambiguous = ambiguousKeys(writers);
  const steps = raw
    .filter(({ key }) => !ambiguous.has(key))
    .filter((step) => happened(step, seen))
    .map((step) => (strange.has(step.operation.completeIndex) ? unobserving(step) : step));
  return { steps, findings, ambiguous };
}

/** The name of a value of a key. */
export const nameOf = (key: ObjectKey, value: Atom): string => JSON.stringify([key ?? null, value]);

function rawStep(operation: Operation): Step {
  const { process, key, f, input, output, outcome } = operation;
  const base = { operation, session: process, key };
  switch (f) {
    case 'read':
      return outcome === 'ok' ? { ...base, observed: atom(output) } : base;
    case 'write':
      return { ...base, written: atom(input) };
    default: {
      const [from, to] = fromTo(operation);
      return { ...base, observed: atom(from), written: atom(to) };
    }
  }
}

function fromTo(operation: Operation): readonly [unknown, unknown] {
  const { input } = operation;
  if (Array.isArray(input) && input.length === 2) return input as [unknown, unknown];
  if (typeof input === 'object' && input !== null && 'from' in input && 'to' in input)
    return [input.from, input.to];
  throw unreadable(operation, input, '[from, to]');
}

type Writers = ReadonlyMap<string, readonly Step[]>;

/** Failed ones too: that their values were read is worth saying. */
function writersOf(steps: readonly Step[]): Writers {
  const writers = new Map<string, Step[]>();
  for (const step of steps) {
    if (step.written === undefined) continue;
    addTo(writers, nameOf(step.key, step.written), step);
  }
  return writers;
}

const mayHaveHappened = ({ operation }: Step): boolean => operation.outcome !== 'fail';

/** A value that is written twice, or that was there from the start, does not name its write. */
function ambiguousKeys(writers: Writers): ReadonlySet<ObjectKey> {
  const keys = new Set<ObjectKey>();
  for (const sameValue of writers.values()) {
    const [first, second] = sameValue.filter(mayHaveHappened);
    if (first !== undefined && (second !== undefined || first.written === initialValue))
      keys.add(first.key);
  }
  return keys;
}

function happened({ operation, key, observed, written }: Step, seen: ReadonlySet<string>): boolean {
  if (operation.outcome === 'info') return written !== undefined && seen.has(nameOf(key, written));
  return operation.outcome === 'ok' && (observed !== undefined || written !== undefined);
}

/** A compare-and-set of which nobody knows, but whose value was seen, has seen the value that it replaced. */
const neededFor = (writers: readonly Step[] = []): string[] =>
  writers.flatMap(({ operation, key, observed }) =>
    operation.outcome === 'info' && observed !== undefined && observed !== initialValue
      ? [nameOf(key, observed)]
      : [],
  );

const unobserving = ({ operation, session, key, written }: Step): Step => ({
  operation,
  session,
  key,
  ...(written === undefined ? {} : { written }),
});

function unwritten({ operation, observed }: Step, writers: readonly Step[]): Finding | undefined {
  if (observed === initialValue) return undefined;
  const isExplained = writers.some(
    (each) => mayHaveHappened(each) && each.operation.invokeIndex < operation.completeIndex!,
  );
  if (isExplained) return undefined;
  const why = writers.some(mayHaveHappened)
    ? 'before it was written'
    : writers.length > 0
      ? 'although its write failed'
      : 'and nobody ever wrote it';
  return violation('unwritten-value', `${describeAtom(observed!)} was read ${why}`, [
    operation,
    ...writers.map((each) => each.operation),
  ]);
}
