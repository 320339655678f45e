/** What a transaction has to wait for before it can be placed. */
import { lastItem, mopKinds } from '../../transactions.ts';
import type { Assumptions } from './assumptions.ts';
import type { Demands, SerialQuestion } from './demands.ts';
import { none } from './placement.ts';
import type { Placement } from './placement.ts';

export type Wait =
  /** Nothing makes it so but that it was assumed. */
  | { readonly on: number; readonly because: 'assumed' }
  /** `on` is still to read a version that somebody wrote. */
  | { readonly on: number; readonly because: 'unread'; readonly writer: number }
  | { readonly on: number; readonly because: 'fact' }
  /** It is too late for it. */
  | 'never';

/** Returns a function that answers for each transaction that is not placed; undefined where it waits for nothing. */
export function waits(
  { txns, isVersion }: SerialQuestion,
  { turn, begin, previous, forced, lastBegin, isRealtime }: Demands,
  table: Placement,
  { before }: Assumptions,
): (t: number) => Wait | undefined {
  const { first, mopKind, mopKey, mopAt, writer, itemCount } = txns;
  const isLeft = (t: number) => !table.isPlaced(t);

  const toRead = (t: number, mop: number): Wait | undefined => {
    const key = mopKey[mop]!;
    const item = lastItem(txns, mop);
    const from = item < 0 ? none : writer[item]!;
    if (from === t) return undefined;
    if (from >= 0 && isLeft(from)) return { on: from, because: 'fact' };
    return table.current(key) === (item < 0 ? itemCount + key : item) ? undefined : 'never';
  };

  const toWrite = (t: number, item: number, key: number): Wait | undefined => {
    const earlier = table.writerLeft(key, lastBegin[item]!, t);
    if (earlier !== none) return { on: earlier, because: 'fact' };
    const version = table.current(key);
    const on = table.readerLeft(version, t);
    if (on === none) return undefined;
    return version < itemCount
      ? { on, because: 'unread', writer: writer[version]! }
      : { on, because: 'fact' };
  };

  return (t) => {
    if (isRealtime && turn[table.front()]! < begin[t]!)
      return { on: table.front(), because: 'fact' };
    if (previous.length > 0 && previous[t]! >= 0 && isLeft(previous[t]!))
      return { on: previous[t]!, because: 'fact' };
    const sure = forced.get(t)?.find(isLeft);
    if (sure !== undefined) return { on: sure, because: 'fact' };
    const assumed = before.get(t)?.find(isLeft);
    if (assumed !== undefined) return { on: assumed, because: 'assumed' };
    for (let mop = first[t]!; mop < first[t + 1]!; mop++) {
      const isWrite = mopKind[mop] === mopKinds.write && isVersion[mopAt[mop]!] === 1;
      const wait =
        mopKind[mop] === mopKinds.read
          ? toRead(t, mop)
          : isWrite
            ? toWrite(t, mopAt[mop]!, mopKey[mop]!)
            : undefined;
      if (wait !== undefined) return wait;
    }
    return undefined;
  };
}
