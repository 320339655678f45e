/**
 * Which versions of a register are older than which, and who says so: a guarantee, or what a compare-and-set did.
 *
 * A session that has written a hundred values and reads another was promised a hundred pairs. They are said with helpers
 * between: each write is older than the helper after it, each helper than the next, and the last one than what is read.
 */
import type { Operation } from '../../src/core/history/operation.ts';
import type { Patience } from '../claims/patience.ts';
import { describeAtom } from '../linearizability/models/values.ts';
import type { Atom } from '../linearizability/models/values.ts';
import type { Step } from '../registers/registers.ts';
import type { Guarantee } from './guarantees.ts';

/** A version, or a helper of a session. */
export type Node = Atom | object;

export interface Precedence {
  readonly older: Node;
  readonly newer: Node;
  /** Absent for what holds whatever is promised. */
  readonly by?: Guarantee;
  readonly evidence: readonly Operation[];
  /** What happened, in words; absent where it only leads on from a helper. */
  readonly says?: string;
}

/** Of one register that holds `initial` at first; the steps are in the order of their invocations. */
export function precedencesOf(
  steps: readonly Step[],
  initial: Atom,
  patience: Patience,
): Precedence[] {
  const told: Precedence[] = [];
  const sessions = new Map<number, SessionMemory>();
  for (const step of steps) {
    patience.tick();
    const known = sessions.get((step.follows ?? step).session) ?? emptyMemory();
    const isApart = step.follows !== undefined && step.follows.session !== step.session;
    const memory = isApart ? { ...known, writes: [...known.writes] } : known;
    sessions.set(step.session, memory);
    told.push(...facts(step, initial));
    if (step.observed !== undefined && step.operation.outcome === 'ok')
      told.push(...observe(memory, step, step.observed));
    if (step.written !== undefined) told.push(...write(memory, step, step.written));
  }
  return told;
}

/** What a session has seen and done until now. */
interface SessionMemory {
  lastObserved: { readonly value: Atom; readonly operation: Operation } | undefined;
  /** After all observations until now. */
  observations: object | undefined;
  readonly writes: OwnWrite[];
}

interface OwnWrite {
  readonly value: Atom;
  readonly operation: Operation;
  /** After this write and all of the session before it. */
  readonly helper: object;
}

const emptyMemory = (): SessionMemory => ({
  lastObserved: undefined,
  observations: undefined,
  writes: [],
});

function facts({ operation, observed, written }: Step, initial: Atom): Precedence[] {
  if (written === undefined) return [];
  const evidence = [operation];
  const first = {
    older: initial,
    newer: written,
    evidence,
    says: `${describeAtom(written)} was written`,
  };
  if (observed === undefined || observed === written) return [first];
  const says = `${describeAtom(written)} replaced ${describeAtom(observed)}`;
  return [first, { older: observed, newer: written, evidence, says }];
}

function observe(memory: SessionMemory, { operation }: Step, value: Atom): Precedence[] {
  const { process } = operation;
  const told: Precedence[] = readYourWrites(memory.writes, operation, value);
  const { lastObserved, observations } = memory;
  if (lastObserved !== undefined && lastObserved.value !== value)
    told.push({
      older: lastObserved.value,
      newer: value,
      by: 'monotonic-reads',
      evidence: [lastObserved.operation, operation],
      says: `process ${process} read ${describeAtom(lastObserved.value)} and then ${describeAtom(value)}`,
    });
  const helper = {};
  const says = `process ${process} read ${describeAtom(value)} before it wrote`;
  const by = 'writes-follow-reads';
  told.push({ older: value, newer: helper, by, evidence: [operation], says });
  if (observations !== undefined)
    told.push({ older: observations, newer: helper, by, evidence: [] });
  memory.lastObserved = { value, operation };
  memory.observations = helper;
  return told;
}

/** All of the session's own writes but the one that is read are older than it. */
function readYourWrites(
  writes: readonly OwnWrite[],
  operation: Operation,
  value: Atom,
): Precedence[] {
  const by = 'read-your-writes';
  const own = writes.findIndex((each) => each.value === value);
  const before = own < 0 ? writes.at(-1) : writes[own - 1];
  const after = own < 0 ? [] : writes.slice(own + 1);
  const then = `and then read ${describeAtom(value)}`;
  return [
    ...(before === undefined
      ? []
      : [{ older: before.helper, newer: value, by, evidence: [operation], says: then } as const]),
    ...after.map((each): Precedence => ({
      older: each.value,
      newer: value,
      by,
      evidence: [each.operation, operation],
      says: `process ${operation.process} wrote ${describeAtom(each.value)} ${then}`,
    })),
  ];
}

function write(memory: SessionMemory, { operation }: Step, value: Atom): Precedence[] {
  const { process } = operation;
  const { writes, observations } = memory;
  const told: Precedence[] = [];
  const last = writes.at(-1);
  const helper = {};
  const wrote = `process ${process} wrote ${describeAtom(value)}`;
  told.push({
    older: value,
    newer: helper,
    by: 'read-your-writes',
    evidence: [operation],
    says: wrote,
  });
  if (last !== undefined) {
    told.push(
      { older: last.helper, newer: helper, by: 'read-your-writes', evidence: [] },
      {
        older: last.value,
        newer: value,
        by: 'monotonic-writes',
        evidence: [last.operation, operation],
        says: `process ${process} wrote ${describeAtom(last.value)} and then ${describeAtom(value)}`,
      },
    );
  }
  if (observations !== undefined)
    told.push({
      older: observations,
      newer: value,
      by: 'writes-follow-reads',
      evidence: [operation],
      says: wrote,
    });
  writes.push({ value, operation, helper });
  return told;
}
