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

/** How many items a list has. */
export const sizeOfList = ({ items }: Lists, list: number): number => items[~list]!;

/** One of them. */
export const itemOfList = ({ items }: Lists, list: number, at: number): number =>
  items[~list + 1 + at]!;

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
 * Puts an item where that of a list will be that comes behind all others, and has none that are lists: `endPut` makes it one.
 * Meanwhile no other list is made here.
 */
export function putItem(lists: Lists, at: number, item: number): void {
  const place = lists.length + 1 + at;
  if (place >= lists.items.length) makeRoom(lists, place + 1);
  lists.items[place] = item;
}

/** One that was put. */
export const itemPut = ({ items, length }: Lists, at: number): number => items[length + 1 + at]!;

/** The list of the items that were put. */
export const endPut = (lists: Lists, size: number): number => ~claim(lists, size);

/**
 * Of the lists behind `begin`, which were made for this one, keeps those that it has in it and not in common with `like`, which
 * comes before them; and is the list then, perhaps `like` itself.
 */
export function keptList(
  values: readonly unknown[],
  lists: Lists,
  begin: number,
  list: number,
  like: number,
): number {
  lists.length = begin;
  return moved(values, lists, list, like);
}

/** Items that are lists stand before their list, in their order, so that what is kept only moves to the front. */
function moved(values: readonly unknown[], lists: Lists, list: number, like: number): number {
  const { items } = lists;
  const from = ~list + 1;
  const size = items[~list]!;
  if (!isList(like) && ~list === lists.length) {
    lists.length += size + 1;
    return list;
  }
  const knownSize = isList(like) ? sizeOfList(lists, like) : 0;
  let isSame = isList(like) && knownSize === size;
  for (let at = 0; at < size; at++) {
    const item = items[from + at]!;
    const known = at < knownSize ? items[~like + 1 + at]! : noValue;
    if (item === known) continue;
    let kept = item;
    if (isList(item)) kept = moved(values, lists, item, known);
    else if (known >= 0 && Object.is(values[item], values[known])) kept = known;
    if (kept !== known) isSame = false;
    if (kept !== item) items[from + at] = kept;
  }
  if (isSame) return like;
  const place = lists.length;
  if (place < ~list) for (let at = 0; at <= size; at++) items[place + at] = items[~list + at]!;
  lists.length += size + 1;
  return ~place;
}

/** Room for a list of so many items behind all others, which are to be put there: its place. Throws `HistoryTooLarge`. */
function claim(lists: Lists, size: number): number {
  const place = lists.length;
  const end = place + size + 1;
  if (end > lists.items.length) makeRoom(lists, end);
  lists.length = end;
  lists.items[place] = size;
  return place;
}

function makeRoom(lists: Lists, least: number): void {
  if (least > lists.lengthMax) {
    // Nobody will end those that were begun.
    begun.count = 0;
    throw new HistoryTooLarge(
      `the lists of the history take more than ${4 * lists.lengthMax} bytes`,
    );
  }
  lists.items = larger(lists.items, least);
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
