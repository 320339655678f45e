/**
 * counter: every read is between what was certainly counted before it and what may have been counted by its end.
 *
 * An increment whose end nobody knows may count at any time after its invocation, or never. Bounds are all that is
 * claimed: that reads do not go back and forth between them is left to the linearizability checker.
 */
import type { Operation } from '../src/core/history/operation.ts';
import type { Finding } from '../src/core/verdict.ts';
import type { Claim, Judgement } from './claims/claim.ts';
import { violation } from './claims/findings.ts';
import { counted } from './claims/shown.ts';
import { numberAnswered, unreadable } from './claims/values.ts';

export const counter: Claim = {
  name: 'counter',
  says: 'every read is between what was certainly counted before it and what may have been by its end',
  reads: ['add', 'inc', 'dec', 'read'],
  objects: 'by-key',
  judge,
  held: ({ reads = 0, boundsWidthMax = 0 }) =>
    `${counted(reads, 'read')} within bounds that are at most ${boundsWidthMax} apart`,
};

/** Sums of increments up to one moment, those that count up and those that count down apart. */
interface Sums {
  up: number;
  down: number;
}

function judge(operations: readonly Operation[]): Judgement {
  const sure: Sums = { up: 0, down: 0 };
  const possible: Sums = { up: 0, down: 0 };
  const sureAtCall = new Map<Operation, Sums>();
  const findings: Finding[] = [];
  let boundsWidthMax = 0;
  for (const { operation, isCall } of eventsOf(operations)) {
    if (operation.f !== 'read') {
      count(isCall ? possible : sure, operation);
    } else if (isCall) {
      sureAtCall.set(operation, { ...sure });
    } else {
      const before = sureAtCall.get(operation)!;
      const bounds = { lower: before.up + possible.down, upper: possible.up + before.down };
      boundsWidthMax = Math.max(boundsWidthMax, bounds.upper - bounds.lower);
      findings.push(...outside(operation, bounds));
    }
  }
  const figures = { operations: operations.length, reads: sureAtCall.size, boundsWidthMax };
  return sureAtCall.size === 0
    ? { findings, figures, vacuous: 'no read was answered' }
    : { findings, figures };
}

function count(sums: Sums, operation: Operation): void {
  const delta = deltaOf(operation);
  if (delta > 0) sums.up += delta;
  else sums.down += delta;
  if (!Number.isSafeInteger(sums.up) || !Number.isSafeInteger(sums.down))
    throw unreadable(operation, operation.input, 'a number that keeps the sum exact');
}

/** An increment that says no number counts one. */
function deltaOf(operation: Operation): number {
  const { f, input } = operation;
  const amount = input ?? (f === 'add' ? undefined : 1);
  if (!Number.isSafeInteger(amount)) throw unreadable(operation, input, 'a whole number');
  return f === 'dec' ? -(amount as number) : (amount as number);
}

function outside(
  read: Operation,
  { lower, upper }: { readonly lower: number; readonly upper: number },
): Finding[] {
  const value = numberAnswered(read);
  if (value >= lower && value <= upper) return [];
  const between = lower === upper ? `only ${lower}` : `${lower} to ${upper}`;
  const type = value < lower ? 'counter-too-low' : 'counter-too-high';
  return [violation(type, `a read answered ${value} where ${between} is possible`, [read])];
}

interface Event {
  readonly at: number;
  readonly operation: Operation;
  readonly isCall: boolean;
}

/** Calls of whatever may have happened, and returns of what did, in the order of the history. */
function eventsOf(operations: readonly Operation[]): Event[] {
  const events: Event[] = [];
  for (const operation of operations) {
    const { f, outcome, invokeIndex, completeIndex } = operation;
    if (outcome === 'fail' || (f === 'read' && outcome === 'info')) continue;
    events.push({ at: invokeIndex, operation, isCall: true });
    if (outcome === 'ok') events.push({ at: completeIndex!, operation, isCall: false });
  }
  return events.toSorted((a, b) => a.at - b.at);
}
