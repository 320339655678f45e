/**
 * One pass over an object's events that finds an order for most objects, most of the time, without ever going back.
 *
 * An operation takes effect as late as it can: a read when its value is there, any other when it returns. When the one
 * that returns is not legal, a chain of pending operations that makes it so takes effect before it. And before a write
 * hides the present value, whatever could not follow takes effect: who still needs that value, and each pending write of a
 * value that nobody is yet to ask for.
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
import { required } from './columns.ts';
import type { Columns } from './columns.ts';

/** What a pass knows, as data, so that its functions are compiled once for all histories; one serves all objects in turn. */
export interface Pass {
  readonly columns: Columns;
  /** By value: how many of the required operations that need it are not called yet, and how many wait. Zeros in between. */
  readonly ahead: Int32Array;
  readonly waiting: Int32Array;
  /** Waiting operations in the order of their calls: required ones that change the state, others, and optional ones. */
  readonly changers: number[];
  readonly readers: number[];
  readonly optionals: number[];
  readonly isWaiting: Uint8Array;
  readonly order: Int32Array;
  length: number;
  /** The number of the present value. */
  state: number;
}

export const passOver = (columns: Columns): Pass => ({
  columns,
  ahead: new Int32Array(columns.values),
  waiting: new Int32Array(columns.values),
  changers: [],
  readers: [],
  optionals: [],
  isWaiting: new Uint8Array(columns.count),
  order: new Int32Array(columns.count),
  length: 0,
  state: 0,
});

/** An order of an object's operations, good until the next is asked for; undefined where none was found. */
export function greedy(pass: Pass, events: Int32Array, patience: Patience): Int32Array | undefined {
  begin(pass, events);
  for (let place = 0; place < events.length; place++) {
    patience.tick();
    const event = events[place]!;
    if (event >= 0) {
      call(pass, event);
    } else if (pass.isWaiting[~event] === 1 && !force(pass, ~event)) {
      giveUp(pass, events);
      return undefined;
    }
  }
  return pass.order.subarray(0, pass.length);
}

function begin(pass: Pass, events: Int32Array): void {
  const { needs, role } = pass.columns;
  pass.length = 0;
  pass.state = 0;
  pass.changers.length = pass.readers.length = pass.optionals.length = 0;
  for (let place = 0; place < events.length; place++) {
    const event = events[place]!;
    if (event >= 0 && needs[event]! >= 0 && role[event] === required) pass.ahead[needs[event]!]!++;
  }
}

function giveUp({ columns: { needs }, ahead, waiting }: Pass, events: Int32Array): void {
  for (let place = 0; place < events.length; place++) {
    const event = events[place]!;
    if (event >= 0 && needs[event]! >= 0) ahead[needs[event]!] = waiting[needs[event]!] = 0;
  }
}

function call(pass: Pass, operation: number): void {
  const { needs, leaves, role } = pass.columns;
  const isRequired = role[operation] === required;
  const left = leaves[operation]!;
  if (isRequired && needs[operation]! >= 0) pass.ahead[needs[operation]!]!--;
  if (left < 0 && isLegal(pass, operation)) pass.order[pass.length++] = operation;
  else if (left < 0) wait(pass, pass.readers, operation);
  else if (isRequired) wait(pass, pass.changers, operation);
  else if (pass.ahead[left]! + pass.waiting[left]! > 0) wait(pass, pass.optionals, operation);
}

const isLegal = ({ columns, state }: Pass, operation: number): boolean =>
  isLegalIn(columns, state, operation);

const isLegalIn = ({ needs, forbids }: Columns, value: number, operation: number): boolean =>
  (needs[operation]! < 0 || needs[operation] === value) && forbids[operation] !== value;

function wait(pass: Pass, list: number[], operation: number): void {
  list.push(operation);
  pass.isWaiting[operation] = 1;
  countWaiting(pass, operation, 1);
}

function takeEffect(pass: Pass, operation: number): void {
  pass.order[pass.length++] = operation;
  pass.isWaiting[operation] = 0;
  countWaiting(pass, operation, -1);
}

function countWaiting({ columns, waiting }: Pass, operation: number, by: 1 | -1): void {
  const needed = columns.needs[operation]!;
  if (needed >= 0 && columns.role[operation] === required) waiting[needed]! += by;
}

/** It returns, so it must take effect now; false when it cannot. */
function force(pass: Pass, operation: number): boolean {
  for (let links = 0; !enable(pass, operation, links); links++)
    if (links === linksMax) return false;
  if (pass.isWaiting[operation] === 1) change(pass, operation);
  return true;
}

/** How long a chain may be. */
const linksMax = 3;

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
  const { leaves } = pass.columns;
  for (let at = 0; at < list.length; at++) {
    const helper = list[at]!;
    if (helper === operation || !isLegalIn(pass.columns, leaves[helper]!, operation)) continue;
    if (!enable(pass, helper, links - 1)) continue;
    if (pass.isWaiting[helper] === 1) change(pass, helper);
    return pass.isWaiting[operation] === 0 || isLegal(pass, operation);
  }
  return false;
}

/** A waiting operation that is legal takes effect. */
function change(pass: Pass, operation: number): void {
  if (pass.columns.needs[operation]! < 0)
    for (let other = goesBefore(pass, operation); other >= 0; other = goesBefore(pass, operation))
      step(pass, other);
  step(pass, operation);
}

/** And then the readers that waited for what it leaves. */
function step(pass: Pass, operation: number): void {
  const { role, leaves } = pass.columns;
  remove(role[operation] === required ? pass.changers : pass.optionals, operation);
  takeEffect(pass, operation);
  pass.state = leaves[operation]!;
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

/** Some waiting operation that could not follow the write; -1 for none. */
function goesBefore(pass: Pass, write: number): number {
  const { changers, optionals, waiting, state } = pass;
  const { needs, leaves } = pass.columns;
  for (let at = 0; at < changers.length; at++)
    if (needs[changers[at]!] === state) return changers[at]!;
  for (let at = 0; at < changers.length; at++) {
    const other = changers[at]!;
    if (other !== write && needs[other]! < 0 && isOver(pass, leaves[other]!, linksMax))
      return other;
  }
  for (let at = 0; at < optionals.length; at++) {
    const other = optionals[at]!;
    if (other === write || waiting[leaves[other]!] === 0 || !isLegal(pass, other)) continue;
    if (isOver(pass, leaves[other]!, linksMax)) return other;
  }
  return -1;
}

/** Whether all who need the value wait already, and all who need what they will make of it. */
function isOver(pass: Pass, value: number, links: number): boolean {
  const { changers, ahead, waiting, columns } = pass;
  if (ahead[value]! > 0) return false;
  if (waiting[value] === 0) return true;
  for (let at = 0; at < changers.length; at++) {
    const other = changers[at]!;
    if (columns.needs[other] !== value) continue;
    if (links === 0 || !isOver(pass, columns.leaves[other]!, links - 1)) return false;
  }
  return true;
}
