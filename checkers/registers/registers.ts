/**
 * Registers under reads, writes and compare-and-sets, read as *steps*: what each operation observed, and what it wrote.
 *
 * Values are unique per key, so that a value names the write it comes from. Where a key has one that was written twice,
 * nothing can be told from its reads, and it is left out. So is what says nothing: failed operations, reads without an
 * answer, and unknown writes that nobody saw, for they may never have happened.
 *
 * A write whose end nobody knows may happen at any later time. So nothing follows it, though its process may go on:
 *
 *   process 0: write 1 (unknown), write 2
 *   process 1: read 2, read 1           <- the first write took its time, and nothing is violated
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

export interface Step extends Effect {
  /** A number. The steps of a session follow one another; a step that nothing follows may have one to itself. */
  readonly session: number;
  /** The step of its process that it follows. */
  readonly follows: Step | undefined;
}

/** What an operation did to a register. */
interface Effect {
  readonly operation: Operation;
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

/** `initial` is what each held before any write. Throws a `data` error for an operation that is of no register. */
export function registersOf(operations: readonly Operation[], initial: Atom): Registers {
  const raw = operations.map(effectOf);
  const writers = writersOf(raw);
  const findings: Finding[] = [];
  const seen = new Set<string>();
  for (const step of raw) {
    if (step.observed === undefined || step.operation.outcome !== 'ok') continue;
    const { finding, names } = originOf(step, initial, writers);
    if (finding === undefined) for (const name of names) seen.add(name);
    else findings.push(finding);
  }
  const strange = new Set(findings.map(({ entries }) => entries[0]));
  const ambiguous = ambiguousKeys(initial, writers);
  const known = raw
    .filter(({ key }) => !ambiguous.has(key))
    .filter((effect) => happened(effect, seen))
    .map((effect) => (strange.has(effect.operation.completeIndex) ? unobserving(effect) : effect));
  return { steps: inSessions(known), findings, ambiguous };
}

/** The name of a value of a key. */
export const nameOf = (key: ObjectKey, value: Atom): string => JSON.stringify([key ?? null, value]);

function inSessions(effects: readonly Effect[]): Step[] {
  const last = new Map(effects.map((effect) => [effect.operation.process, effect]));
  const latest = new Map<ProcessId, Step>();
  let sessions = 0;
  return effects.map((effect) => {
    const { process, outcome } = effect.operation;
    const follows = latest.get(process);
    const isApart = outcome === 'info' && last.get(process) !== effect;
    const session = isApart ? undefined : follows?.session;
    const step = { ...effect, session: session ?? sessions++, follows };
    if (!isApart) latest.set(process, step);
    return step;
  });
}

function effectOf(operation: Operation): Effect {
  const { key, f, input, output, outcome } = operation;
  switch (f) {
    case 'read':
      return outcome === 'ok' ? { operation, key, observed: atom(output) } : { operation, key };
    case 'write':
      return { operation, key, written: atom(input) };
    default: {
      const [from, to] = fromTo(operation);
      return { operation, key, observed: atom(from), written: atom(to) };
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

type Writers = ReadonlyMap<string, readonly Effect[]>;

/** Failed ones too: that their values were read is worth saying. */
function writersOf(effects: readonly Effect[]): Writers {
  const writers = new Map<string, Effect[]>();
  for (const effect of effects) {
    if (effect.written === undefined) continue;
    addTo(writers, nameOf(effect.key, effect.written), effect);
  }
  return writers;
}

const mayHaveHappened = ({ operation }: Effect): boolean => operation.outcome !== 'fail';

/** A value that is written twice, or that was there from the start, does not name its write. */
function ambiguousKeys(initial: Atom, writers: Writers): ReadonlySet<ObjectKey> {
  const keys = new Set<ObjectKey>();
  for (const sameValue of writers.values()) {
    const [first, second] = sameValue.filter(mayHaveHappened);
    if (first !== undefined && (second !== undefined || first.written === initial))
      keys.add(first.key);
  }
  return keys;
}

function happened(
  { operation, key, observed, written }: Effect,
  seen: ReadonlySet<string>,
): boolean {
  if (operation.outcome === 'info') return written !== undefined && seen.has(nameOf(key, written));
  return operation.outcome === 'ok' && (observed !== undefined || written !== undefined);
}

const unobserving = ({ operation, key, written }: Effect): Effect => ({
  operation,
  key,
  ...(written === undefined ? {} : { written }),
});

interface Origin {
  /** Of what must have been written for the step to observe what it did, where that is possible. */
  readonly names: ReadonlySet<string>;
  readonly finding?: Finding;
}

/**
 * Goes back from what was observed to who wrote it. A compare-and-set of which nobody knows, but whose value was observed,
 * has itself observed the value that it replaced, and so on.
 */
function originOf(step: Effect, initial: Atom, writers: Writers): Origin {
  const { operation } = step;
  const names = new Set<string>();
  const swaps: Operation[] = [];
  for (let value: Atom = step.observed!; value !== initial;) {
    const name = nameOf(step.key, value);
    const all = writers.get(name) ?? [];
    const [only, ...others] = all.filter(
      (each) => mayHaveHappened(each) && each.operation.invokeIndex < operation.completeIndex!,
    );
    if (only === undefined) {
      const evidence = [operation, ...swaps, ...all.map((each) => each.operation)];
      return { names, finding: unwritten([step.observed!, value], whyNot(all), evidence) };
    }
    if (names.has(name)) return { names, finding: circular(step.observed!, [operation, ...swaps]) };
    names.add(name);
    const isSwap = only.operation.outcome === 'info' && only.observed !== undefined;
    if (others.length > 0 || !isSwap) break;
    swaps.push(only.operation);
    value = only.observed;
  }
  return { names };
}

const whyNot = (writers: readonly Effect[]): string =>
  writers.some(mayHaveHappened)
    ? 'before it was written'
    : writers.length > 0
      ? 'although its write failed'
      : 'and nobody ever wrote it';

function unwritten(
  [read, value]: readonly [Atom, Atom],
  why: string,
  evidence: readonly Operation[],
): Finding {
  const replaced = read === value ? '' : `, in place of ${describeAtom(value)},`;
  return violation('unwritten-value', `${describeAtom(read)} was read${replaced} ${why}`, evidence);
}

const circular = (read: Atom, evidence: readonly Operation[]): Finding =>
  violation(
    'unwritten-value',
    `${describeAtom(read)} was read, and only compare-and-sets that need each other wrote it`,
    evidence,
  );
