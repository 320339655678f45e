/**
 * What reads found. Most reads of a list find what another found, or the beginning of it, or that and some more: it is kept
 * once for all of them, and grows in its place.
 *
 *     read x → [1, 2]          at 0: (x, 1) (x, 2)
 *     read x → [1, 2, 3]       the same place, where (x, 3) is added
 *     read x → [1]             the same place
 *     read x → [2]             a place of its own
 */
import { grown, int32Array } from './arrays.ts';
import type { EntryColumns } from '../../src/core/history/entry-columns.ts';
import { itemOfList, noValue, sizeOfList } from '../../src/core/history/lists.ts';
import type { Items } from './items.ts';
import type { Meter } from './meter.ts';

export interface Found {
  /** Where the items of a list stand that was read of a key. */
  placeOf(key: number, list: number): number;
  /** Where an item stands that was read by itself. */
  placeOfOne(item: number): number;
  /** All of them. */
  items(): Int32Array;
}

/** Nothing yet. */
export function noneFound({ lists }: EntryColumns, table: Items, meter: Meter): Found {
  let items = int32Array(0);
  let size = 0;
  /** By key: the longest of its lists, where its items stand, and for how many there is room. */
  const longest: number[] = [];
  const places: number[] = [];
  const rooms: number[] = [];
  const claim = (count: number): number => {
    const place = size;
    size += count;
    if (size > items.length) {
      const larger = Math.max(2 * items.length, size, roomAtFirst);
      meter.take(4 * (larger - items.length));
      items = grown(items, int32Array(larger));
    }
    return place;
  };
  const beginningInCommon = (a: number, b: number): number => {
    const { items: all } = lists;
    const most = Math.min(sizeOfList(lists, a), sizeOfList(lists, b));
    const [ofA, ofB] = [~a + 1, ~b + 1];
    let common = 0;
    while (common < most && all[ofA + common] === all[ofB + common]) common++;
    return common;
  };
  return {
    placeOf(key, list) {
      for (let known = longest.length; known <= key; known++) {
        longest.push(noValue);
        places.push(0);
        rooms.push(0);
      }
      const whole = longest[key]!;
      const length = sizeOfList(lists, list);
      meter.step(length);
      const common = whole === noValue ? 0 : beginningInCommon(list, whole);
      let place = places[key]!;
      if (common === length) return place;
      const isLonger = whole === noValue || common === sizeOfList(lists, whole);
      if (!isLonger || length > rooms[key]!) {
        const room = isLonger ? 2 * length : length;
        const from = place;
        place = claim(room);
        for (let at = 0; at < common; at++) items[place + at] = items[from + at]!;
        if (isLonger) {
          places[key] = place;
          rooms[key] = room;
        }
      }
      for (let at = common; at < length; at++)
        items[place + at] = table.itemOf(key, itemOfList(lists, list, at));
      if (isLonger) longest[key] = list;
      return place;
    },
    placeOfOne(item) {
      const place = claim(1);
      items[place] = item;
      return place;
    },
    items: () => items.subarray(0, size),
  };
}

const roomAtFirst = 1024;
