/**
 * Independent objects in one history, as `jepsen.independent` writes them: every value is a pair, `[key value]`.
 *
 * `[1 2]` may as well be the from and to of a compare-and-set, so a history is taken for one of this kind only when
 * nothing in it speaks against that, and reads speak for it: every invocation of a client has a pair as its value, every
 * completion a pair of the same key or nothing, and every read, of which there is at least one, asks with `[key nil]`.
 * The read of one register asks with nothing at all.
 */
import { absent, numberOfValue } from '../core/history/entry-columns.ts';
import type { GrowingColumns } from '../core/history/entry-columns.ts';
import { isClient } from '../core/history/entry.ts';
import type { Key } from '../core/history/entry.ts';
import { addItem, beginList, endList } from '../core/history/lists.ts';
import { none } from './admission.ts';
import { isKey, shown } from './foreign.ts';
import type { Fields } from './foreign.ts';

/** `auto` goes by the rule above; `yes` finds fault with a value that is no pair. */
export type Independent = 'auto' | 'yes' | 'no';

export interface KeySplit {
  /** Takes the key out of a client's value, before it becomes an entry; a sentence where that cannot be. The invocation's place, or `none`. */
  split(fields: Fields, invocation: number): string | undefined;
  /** Whether values will be taken as they are from now on. */
  isOver(): boolean;
  /** Whether a client's pair of a key that is known, and its invocation's, may be split without a closer look, for nothing is to be learned from it. */
  isPlain(f: string, isInvocation: boolean, saysNothing: boolean): boolean;
  /** After the last entry. */
  finish(): void;
}

/** `columns` has the entries that were placed so far; they get their pairs back if the history is not of this kind. */
export function keySplit(independent: Independent, columns: GrowingColumns): KeySplit {
  switch (independent) {
    case 'auto':
      return detectingSplit(columns);
    case 'yes':
      return { ...unasked, split: requiredSplit(columns), isOver: () => false };
    case 'no':
      return { ...unasked, split: nothing, isOver: () => true };
  }
}

const nothing = (): undefined => undefined;

/** Of one for which it needs no finding out. */
const unasked = { isPlain: () => true, finish: nothing };

const requiredSplit =
  (columns: GrowingColumns) =>
  (fields: Fields, invocation: number): string | undefined => {
    const { value, type } = fields;
    if (isPair(value)) {
      const asked = keyAt(columns, invocation) ?? value[0];
      if (asked !== value[0]) return `key is ${shown(value[0])}, and ${shown(asked)} was asked for`;
      take(fields, value);
    } else if (type === 'invoke' || type === 'ok')
      return `value is ${shown(value)}, no [key value]`;
    return undefined;
  };

function keyAt({ key, keys }: GrowingColumns, place: number): Key | undefined {
  const number = place === none ? absent : key[place]!;
  return number === absent ? undefined : keys[number];
}

function detectingSplit(columns: GrowingColumns): KeySplit {
  let possible = true;
  let reads = 0;
  let splits = 0;
  const giveUp = (): void => {
    possible = false;
    if (splits === 0) return;
    const { keys, key, value, length, process, processes } = columns;
    for (let place = 0; place < length; place++) {
      if (key[place] === absent || !isClient(processes[process[place]!]!)) continue;
      const begin = beginList();
      addItem(numberOfValue(columns, keys[key[place]!]));
      addItem(value[place]!);
      value[place] = endList(columns.lists, begin);
      key[place] = absent;
    }
  };
  const asks = (f: string, isInvocation: boolean) => isInvocation && readNames.has(f);
  return {
    // A function may be known from a nemesis, which says nothing of pairs.
    isPlain: (f, isInvocation, saysNothing) =>
      f !== 'txn' && (!asks(f, isInvocation) || (saysNothing && reads > 0)),
    split(fields, invocation) {
      if (!possible) return undefined;
      const { value } = fields;
      if (fields.key !== undefined || fields.f === 'txn') giveUp();
      else if (isPair(value) && (invocation === none || keyAt(columns, invocation) === value[0])) {
        const isAsked = asks(fields.f, invocation === none);
        if (isAsked && value[1] !== null) {
          giveUp();
          return undefined;
        }
        if (isAsked) reads++;
        splits++;
        take(fields, value);
      } else if (value !== null || invocation === none) giveUp();
      return undefined;
    },
    isOver: () => !possible,
    finish() {
      if (possible && reads === 0) giveUp();
    },
  };
}

const readNames = new Set(['read', 'get', 'r']);

const isPair = (value: unknown): value is [Key, unknown] =>
  Array.isArray(value) && value.length === 2 && isKey(value[0]);

function take(fields: Fields, [key, value]: [Key, unknown]): void {
  fields.key = key;
  fields.value = value;
}
