/**
 * Lists as whole numbers, for histories are full of them: the pairs of compare-and-sets, transactions and their
 * micro-operations, what reads of lists have found.
 *
 * A value is a number. One that is not negative is the place of a plain value; the complement of any other is the place of
 * a list among lists: there stands how many items it has, and then each of them, which are values again.
 */
import { larger } from '../larger.ts';

/** One after the other. */
export interface Lists {
  items: Int32Array;
  /** Up to here they go; there is room behind it. */
  length: number;
  /** How long they may get before they are refused more room. */
  readonly lengthMax: number;
}

/** None yet, with room for so many numbers. */
export const noLists = (room: number, lengthMax = Number.POSITIVE_INFINITY): Lists => ({
  items: new Int32Array(room + firstPlace),
  length: firstPlace,
  lengthMax,
});

/** A history takes more memory than it may. */
export class HistoryTooLarge extends RangeError {
  override readonly name = 'HistoryTooLarge';
}

/** Nothing stands at 0, so that its complement is free. */
const firstPlace = 1;
/** Stands for no value. */
export const noValue = ~0;

/** Whether a value is a list. */
export const isList = (value: number): boolean => value < noValue;

/** What a plain value is; undefined for a list, and for none. */
export const plainAt = (values: readonly unknown[], value: number): unknown =>
  value < 0 ? undefined : values[value];

/** Whether there are any. */
export const hasLists = ({ length }: Lists): boolean => length > firstPlace;

/** How many items a list has. */
export const sizeOfList = ({ items }: Lists, list: number): number => items[~list]!;

/** One of them. */
export const itemOfList = ({ items }: Lists, list: number, at: number): number =>
  items[~list + 1 + at]!;

/** Forgets them all. */
export function emptyLists(lists: Lists): void {
  lists.length = firstPlace;
}

/** Items of lists that are not at their end yet, of the innermost last; one place for all, for nobody waits while he makes one. */
const begun = { items: new Int32Array(1024), count: 0 };

/** Begins a list; to be given back when it ends. */
export const beginList = (): number => begun.count;

/** Adds an item to the list that was begun last. */
export function addItem(item: number): void {
  if (begun.count === begun.items.length) begun.items = larger(begun.items, begun.count + 1);
  begun.items[begun.count++] = item;
}

/** Ends it, which is a value then: `like`, if that is the same list already. */
export function endList(lists: Lists, begin: number, like = noValue): number {
  const { items, count } = begun;
  begun.count = begin;
  if (isList(like) && isTheSame(lists, like, begin, count)) return like;
  const size = count - begin;
  const place = claim(lists, size);
  for (let at = 0; at < size; at++) lists.items[place + 1 + at] = items[begin + at]!;
  return ~place;
}

/** Ends it without a list. */
export function dropList(begin: number): void {
  begun.count = begin;
}

function isTheSame(lists: Lists, list: number, begin: number, end: number): boolean {
  if (sizeOfList(lists, list) !== end - begin) return false;
  const from = ~list + 1 - begin;
  for (let at = begin; at < end; at++) if (lists.items[from + at] !== begun.items[at]) return false;
  return true;
}

/**
 * A list of other lists, here, of the same plain values. What it has in common with `like`, which is here already, is not
 * kept twice.
 */
export function copiedList(
  values: readonly unknown[],
  from: Lists,
  list: number,
  into: Lists,
  like: number,
): number {
  const source = from.items;
  const size = source[~list]!;
  const begin = ~list + 1;
  const place = claim(into, size);
  const knownSize = isList(like) ? sizeOfList(into, like) : 0;
  let isSame = knownSize === size && isList(like);
  let target = into.items;
  for (let at = 0; at < size; at++) {
    let item = source[begin + at]!;
    const known = at < knownSize ? target[~like + 1 + at]! : noValue;
    if (isList(item)) {
      item = copiedList(values, from, item, into, known);
      target = into.items;
    } else if (known >= 0 && item !== known && Object.is(values[item], values[known])) item = known;
    target[place + 1 + at] = item;
    if (item !== known) isSame = false;
  }
  if (!isSame) return ~place;
  into.length = place;
  return like;
}

/** Room for a list of so many items behind all others, which are to be put there: its place. Throws `HistoryTooLarge`. */
function claim(lists: Lists, size: number): number {
  const place = lists.length;
  lists.length += size + 1;
  if (lists.length > lists.items.length) makeRoom(lists);
  lists.items[place] = size;
  return place;
}

function makeRoom(lists: Lists): void {
  if (lists.length > lists.lengthMax)
    throw new HistoryTooLarge(
      `the lists of the history take more than ${4 * lists.lengthMax} bytes`,
    );
  lists.items = larger(lists.items, lists.length);
}

/** What an item of a list might be like: that of the other at its place. */
export const likeItem = (lists: Lists, like: number, at: number): number =>
  isList(like) && at < sizeOfList(lists, like) ? itemOfList(lists, like, at) : noValue;

/** What a value stands for, lists made anew. */
export function valueOf(values: readonly unknown[], lists: Lists, value: number): unknown {
  if (!isList(value)) return values[value];
  const made: unknown[] = [];
  const size = sizeOfList(lists, value);
  for (let at = 0; at < size; at++) made.push(valueOf(values, lists, itemOfList(lists, value, at)));
  return made;
}
