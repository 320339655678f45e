/**
 * An oracle that takes Adya's definitions (*Weak Consistency*, MIT 1999, §4–5) at their word: a history keeps a level if for some choice of the
 * transactions of unknown end, and some order of the versions of each key, the graph of dependencies has no cycle that the level
 * forbids. It tries all choices and all orders, and knows reachability only as a matrix.
 */
import type { History } from '../../src/core/history/entry.ts';
import { pair } from '../../src/core/history/operation.ts';
import type { Operation } from '../../src/core/history/operation.ts';
import type { Order } from './oracle.fixture.ts';

export type AdyaLevel =
  | 'read-committed'
  | 'consistent-view'
  | 'snapshot-isolation'
  | 'repeatable-read'
  | 'serializable';

type Mop = readonly [f: string, key: number, value: unknown];

interface Txn {
  readonly operation: Operation;
  readonly mops: readonly Mop[];
}

/** One value that one transaction wrote to one key. */
interface Version {
  readonly key: number;
  readonly value: number;
  readonly writer: number;
}

/** Of a history, whether it keeps each level; the costly part is done once. */
export function dependencyOracle(history: History): (level: AdyaLevel, order: Order) => boolean {
  const { operations } = pair(history.entries);
  const of = (outcome: string) => operations.filter((each) => each.outcome === outcome);
  const choices = subsets(of('info')).map((some) => [...of('ok'), ...some].map(txnOf));
  return (level, order) => choices.some((txns) => keeps(txns, level, order));
}

const txnOf = (operation: Operation): Txn => ({
  operation,
  mops: (operation.outcome === 'ok' ? operation.output : operation.input) as readonly Mop[],
});

function keeps(txns: readonly Txn[], level: AdyaLevel, order: Order): boolean {
  const internal = level === 'snapshot-isolation' || level === 'serializable';
  if (internal && !txns.every(isInternallyRight)) return false;
  const versions = txns.flatMap(({ mops }, writer) =>
    mops.flatMap(([f, key, value]) => (f === 'r' ? [] : [{ key, value: value as number, writer }])),
  );
  const keys = [...new Set(txns.flatMap(({ mops }) => mops.map(([, key]) => key)))];
  const perKey = keys.map((key) => ordersOf(txns, key, versions));
  const some = (place: number, orders: readonly (readonly Version[])[]): boolean =>
    place === perKey.length
      ? !forbids(level, graphOf(txns, keys, orders, order))
      : perKey[place]!.some((each) => some(place + 1, [...orders, each]));
  return some(0, []);
}

/** Every order of a key's versions in which its reads can be what they are, and none is of what nobody left. */
function ordersOf(txns: readonly Txn[], key: number, versions: readonly Version[]): Version[][] {
  const own = versions.filter((version) => version.key === key);
  const reads = txns.flatMap(({ mops }, reader) =>
    mops.flatMap((mop, place) =>
      mop[0] === 'r' && mop[1] === key && isAnswer(txns[reader]!, mop)
        ? [{ reader, place, seen: seenBy(mop) }]
        : [],
    ),
  );
  const inOrderOfWriting = (order: readonly Version[]) =>
    order.every(
      ({ writer, value }, i) =>
        !order
          .slice(0, i)
          .some(
            (each) =>
              each.writer === writer &&
              own.indexOf(each) > own.findIndex((one) => one.value === value),
          ),
    );
  const isFuture = (reader: number, place: number, value: number) =>
    txns[reader]!.mops.slice(place).some(
      ([f, k, each]) => f !== 'r' && k === key && each === value,
    );
  const right = (order: readonly Version[]) =>
    inOrderOfWriting(order) &&
    reads.every(({ reader, place, seen }) => {
      if (seen.whole?.some((value) => isFuture(reader, place, value)) === true) return false;
      const values = order.map(({ value }) => value);
      if (seen.whole?.every((each, i) => values[i] === each) === false) return false;
      if (seen.last === undefined) return true;
      const writer = own.find(({ value }) => value === seen.last)?.writer;
      if (writer === undefined) return false;
      const writes = txns[writer]!.mops.filter(([f, k]) => f !== 'r' && k === key);
      if (writer !== reader) return writes.at(-1)![2] === seen.last;
      return txns[reader]!.mops.slice(0, place).some(
        ([f, k, value]) => f !== 'r' && k === key && value === seen.last,
      );
    });
  return permutations(own).filter(right);
}

const isAnswer = ({ operation }: Txn, [, , value]: Mop) =>
  operation.outcome === 'ok' || value !== null;

const seenBy = ([, , answer]: Mop): { last: number | undefined; whole?: readonly number[] } =>
  Array.isArray(answer)
    ? { last: (answer as number[]).at(-1), whole: answer as number[] }
    : { last: (answer as number | null) ?? undefined };

interface Dependencies {
  readonly ww: Matrix;
  readonly wr: Matrix;
  readonly rw: Matrix;
  readonly before: Matrix;
}

type Matrix = readonly (readonly boolean[])[];

function graphOf(
  txns: readonly Txn[],
  keys: readonly number[],
  orders: readonly (readonly Version[])[],
  order: Order,
): Dependencies {
  const matrix = () => txns.map(() => txns.map(() => false));
  const [ww, wr, rw, before] = [matrix(), matrix(), matrix(), matrix()];
  for (const [at, key] of keys.entries()) {
    const versions = orders[at]!;
    for (const [i, earlier] of versions.entries())
      for (const later of versions.slice(i + 1)) ww[earlier.writer]![later.writer] = true;
    for (const [reader, txn] of txns.entries())
      for (const mop of txn.mops) {
        if (mop[0] !== 'r' || mop[1] !== key || !isAnswer(txn, mop)) continue;
        const seen = versions.findIndex(({ value }) => value === seenBy(mop).last);
        if (seen >= 0) wr[versions[seen]!.writer]![reader] = true;
        for (const later of versions.slice(seen + 1)) rw[reader]![later.writer] = true;
      }
  }
  for (const [a, { operation: first }] of txns.entries())
    for (const [b, { operation: second }] of txns.entries()) {
      if (order === 'any' || first.outcome !== 'ok') continue;
      before[a]![b] =
        first.completeIndex! < second.invokeIndex &&
        (order === 'realtime' || first.process === second.process);
    }
  for (const each of [ww, wr, rw]) for (const t of each.keys()) each[t]![t] = false;
  return { ww, wr, rw, before };
}

function forbids(level: AdyaLevel, { ww, wr, rw, before }: Dependencies): boolean {
  const information = closed(either(either(ww, wr), before));
  if (isCyclic(information)) return true;
  switch (level) {
    case 'read-committed':
      return false;
    case 'consistent-view':
      return rw.some((row, a) => row.some((is, b) => is && information[b]![a]!));
    case 'snapshot-isolation':
      return isCyclic(closed(either(information, then(information, rw))));
    case 'repeatable-read':
    case 'serializable':
      return isCyclic(closed(either(information, rw)));
  }
}

const either = (a: Matrix, b: Matrix): Matrix =>
  a.map((row, i) => row.map((is, j) => is || b[i]![j]!));
const then = (a: Matrix, b: Matrix): Matrix =>
  a.map((row) => b.map((_, j) => row.some((is, k) => is && b[k]![j]!)));
const isCyclic = (a: Matrix): boolean => a.some((row, i) => row[i]);

function closed(a: Matrix): Matrix {
  const next = either(a, then(a, a));
  return JSON.stringify(next) === JSON.stringify(a) ? a : closed(next);
}

/** Whether each read is of what the transaction itself had read or written of the key before. */
function isInternallyRight(txn: Txn): boolean {
  return txn.mops.every((mop, place) => {
    if (mop[0] !== 'r' || !isAnswer(txn, mop)) return true;
    const earlier = txn.mops.slice(0, place).filter(([, key]) => key === mop[1]);
    const read = earlier.findLastIndex((each) => each[0] === 'r' && isAnswer(txn, each));
    const written = earlier.slice(read + 1).filter(([f]) => f !== 'r');
    const [, , answer] = mop;
    if (!Array.isArray(answer)) {
      const last = written.at(-1) ?? earlier[read];
      return last === undefined || last[2] === answer;
    }
    const own = written.map(([, , value]) => value);
    const tail = answer.slice(answer.length - own.length);
    if (answer.length < own.length || tail.join() !== own.join()) return false;
    const head = answer.slice(0, answer.length - own.length);
    return read < 0 || head.join() === (earlier[read]![2] as number[]).join();
  });
}

function subsets<T>([first, ...others]: readonly T[]): T[][] {
  if (first === undefined) return [[]];
  const without = subsets(others);
  return [...without, ...without.map((some) => some.concat([first]))];
}

function permutations<T>(all: readonly T[]): T[][] {
  if (all.length === 0) return [[]];
  return all.flatMap((first, i) =>
    permutations(all.toSpliced(i, 1)).map((others) => [first].concat(others)),
  );
}
