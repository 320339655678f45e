/**
 * An oracle for small histories that shares no thought with the checkers: it tries every order. Transactions run one by one, or, for snapshot
 * isolation, begin and commit in every interleaving; what each would have read is compared with what it did read.
 */
import type { History } from '../../src/core/history/entry.ts';
import { pair } from '../../src/core/history/operation.ts';
import type { Operation } from '../../src/core/history/operation.ts';

export type Order = 'any' | 'session' | 'realtime';

type Mop = readonly [f: string, key: number, value: unknown];

interface Txn {
  readonly operation: Operation;
  readonly mops: readonly Mop[];
}

type State = ReadonlyMap<number, readonly number[]>;

export interface Oracle {
  serializable(order: Order): boolean;
  snapshotIsolated(order: Order): boolean;
}

export function oracleOf(history: History): Oracle {
  const { operations } = pair(history.entries);
  const sure = operations.filter(({ outcome }) => outcome === 'ok').map(txnOf);
  const perhaps = operations.filter(({ outcome }) => outcome === 'info').map(txnOf);
  const some = (holds: (txns: readonly Txn[]) => boolean) =>
    subsets(perhaps).some((each) => holds([...sure, ...each]));
  return {
    serializable: (order) => some((txns) => hasSerialOrder(txns, order)),
    snapshotIsolated: (order) => some((txns) => hasSnapshots(txns, order)),
  };
}

const txnOf = (operation: Operation): Txn => ({
  operation,
  mops: (operation.outcome === 'ok' ? operation.output : operation.input) as readonly Mop[],
});

function subsets<T>([first, ...others]: readonly T[]): T[][] {
  if (first === undefined) return [[]];
  const without = subsets(others);
  return [...without, ...without.map((some) => some.concat([first]))];
}

/** Whether `a` must come before `b`. */
function precedes(a: Txn, b: Txn, order: Order): boolean {
  if (order === 'any' || a.operation.outcome !== 'ok') return false;
  const before = a.operation.completeIndex! < b.operation.invokeIndex;
  return before && (order === 'realtime' || a.operation.process === b.operation.process);
}

function hasSerialOrder(txns: readonly Txn[], order: Order, state: State = new Map()): boolean {
  if (txns.length === 0) return true;
  return txns.some((txn) => {
    const others = txns.filter((each) => each !== txn);
    if (others.some((other) => precedes(other, txn, order))) return false;
    const written = run(txn, state);
    return written !== undefined && hasSerialOrder(others, order, merged(state, written));
  });
}

/** What a transaction writes if it starts in a state, as what it adds to each key; undefined if it reads otherwise. */
function run({ mops, operation }: Txn, state: State): Map<number, Mop[]> | undefined {
  const local = new Map(state);
  const written = new Map<number, Mop[]>();
  for (const mop of mops) {
    const [f, key, value] = mop;
    const now = local.get(key) ?? [];
    if (f === 'append' || f === 'w') {
      local.set(key, f === 'w' ? [value as number] : [...now, value as number]);
      written.set(key, [...(written.get(key) ?? []), mop]);
    } else if (operation.outcome === 'ok' && !isRead(value, now)) return undefined;
  }
  return written;
}

const isRead = (answer: unknown, now: readonly number[]): boolean =>
  Array.isArray(answer)
    ? answer.join() === now.join()
    : answer === null
      ? now.length === 0
      : now.length === 1 && now[0] === answer;

function merged(state: State, written: ReadonlyMap<number, readonly Mop[]>): State {
  const next = new Map(state);
  for (const [key, mops] of written)
    for (const [f, , value] of mops)
      next.set(key, [...(f === 'w' ? [] : (next.get(key) ?? [])), value as number]);
  return next;
}

interface Running {
  readonly txn: Txn;
  readonly written: ReadonlyMap<number, readonly Mop[]>;
  /** Keys that others have committed since it began. */
  readonly overtaken: ReadonlySet<number>;
}

function hasSnapshots(
  due: readonly Txn[],
  order: Order,
  state: State = new Map(),
  running: readonly Running[] = [],
): boolean {
  if (due.length === 0 && running.length === 0) return true;
  const begins = due.some((txn) => {
    const unfinished = [...due, ...running.map((each) => each.txn)];
    if (unfinished.some((other) => other !== txn && precedes(other, txn, order))) return false;
    const written = run(txn, state);
    if (written === undefined) return false;
    const others = due.filter((each) => each !== txn);
    return hasSnapshots(others, order, state, [...running, { txn, written, overtaken: new Set() }]);
  });
  return (
    begins ||
    running.some((committing) => {
      const keys = [...committing.written.keys()];
      if (keys.some((key) => committing.overtaken.has(key))) return false;
      const others = running
        .filter((each) => each !== committing)
        .map(({ txn, written, overtaken }) => ({
          txn,
          written,
          overtaken: new Set([...overtaken, ...keys]),
        }));
      return hasSnapshots(due, order, merged(state, committing.written), others);
    })
  );
}
