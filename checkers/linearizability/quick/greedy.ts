/**
 * One pass over an object's events that finds an order for most objects, most of the time, without ever going back.
 *
 * What is alone from its call to its return takes effect there. Anything else does so as late as it can: a read when its
 * value is there, any other when it returns. When the one that returns is not legal, a chain of pending operations that
 * makes it so takes effect before it. And before a write hides the present value, what should not follow takes effect: who
 * still needs that value, each pending write of a value that nobody is yet to ask for, and each that would hide the new
 * value before it is asked for.
 *
 *   write 1  |-----------|        When write 2 returns, write 1 is still pending, and all who need a 1 are waiting: it
 *   read 1     |-------|          takes effect first, and the read with it. Later it would hide the 2 that the last read
 *   write 2      |--|             needs.
 *   read 2                |--|
 *
 * Where there is no such chain the object is left to slower ways; nothing is said about it. Each order that is found is
 * checked (witness.ts), so a mistake in here could cost time, never a verdict.
 */
import type { Patience } from '../../claims/patience.ts';
import { atEnd, atInvoked, atLeaves, atNeeds, isRequired, rowOf } from './table.ts';
import type { Table } from './table.ts';

/** What a pass knows, as data, so that its functions are compiled once for all histories; one serves all objects in turn. */
export interface Pass {
  readonly rows: Int32Array;
  readonly forbids: Int32Array;
  /** By value: one more than the next required operation to be called that needs it, or `nobody`; and how many of them wait. */
  readonly nextNeed: Int32Array;
  readonly waiting: Int32Array;
  /** By row: as `nextNeed`, for the value that an operation needs itself, from its call on. */
  readonly needAfter: Int32Array;
  /** Waiting operations in the order of their calls: required ones that change the state, others, and optional ones. */
  readonly changers: number[];
  readonly readers: number[];
  readonly optionals: number[];
  /** By row. */
  readonly isWaiting: Uint8Array;
  readonly order: Int32Array;
  length: number;
  /** How many helpers were tried for what returns now. */
  tries: number;
  /** The number of the present value. */
  state: number;
}

/** All is so between two objects. */
const nobody = 0;

export const passOver = (table: Table): Pass => ({
  rows: table.rows,
  forbids: table.forbids,
  nextNeed: new Int32Array(table.values),
  waiting: new Int32Array(table.values),
  needAfter: new Int32Array(table.count),
  changers: [],
  readers: [],
  optionals: [],
  isWaiting: new Uint8Array(table.count),
  order: new Int32Array(table.count),
  length: 0,
  tries: 0,
  state: 0,
});

/** An order of an object's operations, good until the next is asked for; undefined where none was found. */
export function greedy(pass: Pass, events: Int32Array, patience: Patience): Int32Array | undefined {
  begin(pass);
  let looksAhead = false;
  for (let place = 0; place < events.length; place++) {
    patience.tick();
    const event = events[place]!;
    if (event < 0) {
      if (pass.isWaiting[rowOf(~event)] === 1 && !force(pass, ~event)) return giveUp(pass, events);
    } else if (events[place + 1] === ~event && isNobodyWaiting(pass)) {
      if (!isLegal(pass, event)) return giveUp(pass, events);
      happen(pass, event);
      place++;
    } else {
      if (!looksAhead) lookAhead(pass, events, place);
      looksAhead = true;
      call(pass, event);
    }
  }
  return pass.order.subarray(0, pass.length);
}

function begin(pass: Pass): void {
  pass.length = 0;
  pass.state = 0;
  pass.changers.length = pass.readers.length = pass.optionals.length = 0;
}

/** Collects who needs what from a place on: nobody asks as long as operations follow each other. */
function lookAhead({ nextNeed, needAfter, rows }: Pass, events: Int32Array, from: number): void {
  for (let place = events.length - 1; place >= from; place--) {
    const event = events[place]!;
    if (event < 0) continue;
    const needed = rows[event + atNeeds]!;
    if (needed < 0 || !isRequired(rows, event)) continue;
    needAfter[rowOf(event)] = nextNeed[needed]!;
    nextNeed[needed] = event + 1;
  }
}

function giveUp({ rows, nextNeed, waiting }: Pass, events: Int32Array): undefined {
  for (let place = 0; place < events.length; place++) {
    const event = events[place]!;
    const needed = event < 0 ? -1 : rows[event + atNeeds]!;
    if (needed >= 0) nextNeed[needed] = waiting[needed] = 0;
  }
}

const isNobodyWaiting = ({ changers, readers, optionals }: Pass): boolean =>
  changers.length === 0 && readers.length === 0 && optionals.length === 0;

/** A required operation that is alone from its call to its return. */
function happen(pass: Pass, operation: number): void {
  const { rows, nextNeed, needAfter } = pass;
  const [needed, left] = [rows[operation + atNeeds]!, rows[operation + atLeaves]!];
  pass.order[pass.length++] = operation;
  if (needed >= 0) nextNeed[needed] = needAfter[rowOf(operation)]!;
  if (left >= 0) pass.state = left;
}

function call(pass: Pass, operation: number): void {
  const { rows, nextNeed, needAfter, waiting } = pass;
  const mustHappen = isRequired(rows, operation);
  const [needed, left] = [rows[operation + atNeeds]!, rows[operation + atLeaves]!];
  if (mustHappen && needed >= 0) nextNeed[needed] = needAfter[rowOf(operation)]!;
  if (left < 0 && isLegal(pass, operation)) pass.order[pass.length++] = operation;
  else if (left < 0) wait(pass, pass.readers, operation);
  else if (mustHappen) wait(pass, pass.changers, operation);
  else if (nextNeed[left] !== nobody || waiting[left]! > 0) wait(pass, pass.optionals, operation);
}

const isLegal = (pass: Pass, operation: number): boolean => isLegalIn(pass, pass.state, operation);

function isLegalIn({ rows, forbids }: Pass, value: number, operation: number): boolean {
  const needed = rows[operation + atNeeds]!;
  return (needed < 0 || needed === value) && forbids[rowOf(operation)] !== value + 1;
}

function wait(pass: Pass, list: number[], operation: number): void {
  list.push(operation);
  pass.isWaiting[rowOf(operation)] = 1;
  countWaiting(pass, operation, 1);
}

function takeEffect(pass: Pass, operation: number): void {
  pass.order[pass.length++] = operation;
  pass.isWaiting[rowOf(operation)] = 0;
  countWaiting(pass, operation, -1);
}

function countWaiting({ rows, waiting }: Pass, operation: number, by: 1 | -1): void {
  const needed = rows[operation + atNeeds]!;
  if (needed >= 0 && isRequired(rows, operation)) waiting[needed]! += by;
}

/** It returns, so it must take effect now; false when it cannot. */
function force(pass: Pass, operation: number): boolean {
  pass.tries = 0;
  for (let links = 0; !enable(pass, operation, links); links++)
    if (links === linksMax) return false;
  if (pass.isWaiting[rowOf(operation)] === 1) change(pass, operation);
  return true;
}

/** How long a chain may be, and how many helpers are tried for it: to look further is for the search. */
const linksMax = 3;
const triesMax = 1000;
/** How many of the optional operations, which pile up, are looked at before each write. */
const optionalsMax = 64;

/** Makes an operation legal by a chain of so many others; false when there is none, and then nothing has happened. */
function enable(pass: Pass, operation: number, links: number): boolean {
  if (isLegal(pass, operation)) return true;
  if (links === 0) return false;
  return (
    enableFrom(pass, pass.changers, operation, links) ||
    enableFrom(pass, pass.optionals, operation, links)
  );
}

function enableFrom(
  pass: Pass,
  list: readonly number[],
  operation: number,
  links: number,
): boolean {
  const { rows } = pass;
  for (let at = 0; at < list.length && pass.tries < triesMax; at++) {
    const helper = list[at]!;
    pass.tries++;
    if (helper === operation || !isLegalIn(pass, rows[helper + atLeaves]!, operation)) continue;
    if (!enable(pass, helper, links - 1)) continue;
    if (pass.isWaiting[rowOf(helper)] === 1) change(pass, helper);
    return pass.isWaiting[rowOf(operation)] === 0 || isLegal(pass, operation);
  }
  return false;
}

/** A waiting operation that is legal takes effect, and before it what should not follow it. */
function change(pass: Pass, operation: number): void {
  for (let other = goesBefore(pass, operation); other >= 0; other = goesBefore(pass, operation))
    step(pass, other);
  step(pass, operation);
}

/** And then the readers that waited for what it leaves. */
function step(pass: Pass, operation: number): void {
  const { rows } = pass;
  remove(isRequired(rows, operation) ? pass.changers : pass.optionals, operation);
  takeEffect(pass, operation);
  pass.state = rows[operation + atLeaves]!;
  const { readers } = pass;
  let left = 0;
  for (let at = 0; at < readers.length; at++) {
    const reader = readers[at]!;
    if (isLegal(pass, reader)) takeEffect(pass, reader);
    else readers[left++] = reader;
  }
  while (readers.length > left) readers.pop();
}

function remove(list: number[], operation: number): void {
  for (let at = list.indexOf(operation) + 1; at < list.length; at++) list[at - 1] = list[at]!;
  list.pop();
}

/** Some waiting operation that should not follow this one; -1 for none. */
function goesBefore(pass: Pass, operation: number): number {
  const { changers, state, rows } = pass;
  const isWrite = rows[operation + atNeeds]! < 0;
  if (isWrite && rows[operation + atLeaves] !== state) {
    const stranded = strandedIn(pass, state);
    if (stranded >= 0) return stranded;
  }
  for (let at = 0; at < changers.length; at++) {
    const other = changers[at]!;
    // Between a compare-and-set and the value that it needs there is room for a write of that value only.
    if (other === operation || rows[other + atNeeds]! >= 0) continue;
    const left = rows[other + atLeaves]!;
    if (!isWrite && left !== state) continue;
    if (isOver(pass, left, linksMax) || hidesEarly(pass, other, operation)) return other;
  }
  return isWrite ? lastChanceOf(pass, operation) : -1;
}

/** One that needs the value, when nobody else who waits will bring it again; -1 for none. */
function strandedIn({ changers, rows }: Pass, value: number): number {
  let stranded = -1;
  for (let at = 0; at < changers.length; at++) {
    const other = changers[at]!;
    if (rows[other + atNeeds] === value) stranded = other;
    else if (rows[other + atLeaves] === value) return -1;
  }
  return stranded;
}

/** An optional operation that somebody waits for who will not wait any longer; -1 for none. */
function lastChanceOf(pass: Pass, operation: number): number {
  const { optionals, waiting, rows } = pass;
  for (let at = 0; at < optionals.length && at < optionalsMax; at++) {
    const other = optionals[at]!;
    const left = rows[other + atLeaves]!;
    if (other === operation || waiting[left] === 0 || !isLegal(pass, other)) continue;
    if (isOver(pass, left, linksMax)) return other;
  }
  return -1;
}

/** Whether all who need the value wait already, and all who need what they will make of it. */
function isOver(pass: Pass, value: number, links: number): boolean {
  const { changers, nextNeed, waiting, rows } = pass;
  if (nextNeed[value] !== nobody) return false;
  if (waiting[value] === 0) return true;
  for (let at = 0; at < changers.length; at++) {
    const other = changers[at]!;
    if (rows[other + atNeeds] !== value) continue;
    if (links === 0 || !isOver(pass, rows[other + atLeaves]!, links - 1)) return false;
  }
  return true;
}

/** Whether a write must hide what the operation leaves before that is needed, and what it leaves itself is needed later. */
function hidesEarly({ rows, nextNeed }: Pass, write: number, operation: number): boolean {
  const need = nextNeed[rows[operation + atLeaves]!]!;
  const later = nextNeed[rows[write + atLeaves]!]!;
  if (need === nobody || (later !== nobody && later < need)) return false;
  return rows[write + atEnd]! < rows[need - 1 + atInvoked]!;
}
