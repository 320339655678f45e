/**
 * Looks for a serial order of transactions on registers whose versions have no known order: who writes without reading first overwrites
 * nobody knows what. An order that is found is a proof of every level; that none is found proves nothing, for the problem is NP-complete
 * (Papadimitriou, *The Serializability of Concurrent Database Updates*, JACM 26(4), 1979).
 *
 * Transactions are placed one after the other by their turns. Before one is placed comes all that it demands, and what that demands:
 *
 *     T reads what W wrote                          W
 *     T writes x                                    all who are still to read the version that x has now
 *     T writes x, and R will read that; W wrote x,  W, for R would read that otherwise
 *     and had completed before R began
 *
 * Where demands go in a circle, a version came too soon. So it is taken back with all that came since, and who wanted to overwrite it comes
 * before it from now on:
 *
 *     T1: write x 1          all at once, and T1 completed first. T1 is placed. T2 waits for T3, which is still to read 1,
 *     T2: write x 2, y 2     and T3 for T2, from which it reads y. So T2 comes before T1.
 *     T3: read x → 1, y → 2
 *
 * Mostly there are several that may have come too soon; see `assumptions.ts`. The work is bounded by the number of transactions.
 */
import { uint8Array } from '../../arrays.ts';
import type { Meter } from '../../meter.ts';
import { assumptions } from './assumptions.ts';
import type { Assumptions } from './assumptions.ts';
import { demandsOf } from './demands.ts';
import type { Demands, SerialQuestion } from './demands.ts';
import { placement } from './placement.ts';
import type { Placement } from './placement.ts';
import { isSerial } from './replay.ts';
import { waits } from './waits.ts';
import type { Wait } from './waits.ts';

/** Whether an order was found that respects, beside data, what the variant says: nothing, the order of clients, or real time. */
export function hasSerialOrder(question: SerialQuestion, variant: number, meter: Meter): boolean {
  meter.stage('looking for a serial order');
  const order = placed(question, demandsOf(question, variant, meter), meter);
  return order !== undefined && isSerial(question.txns, question.known, order, variant);
}

function placed(question: SerialQuestion, demands: Demands, meter: Meter): Int32Array | undefined {
  const table = placement(question, demands, meter);
  const assumed = assumptions(demands);
  const waitOf = waits(question, demands, table, assumed);
  // Each waits for the next, for the reason in the same place.
  const stack: number[] = [];
  const reasons: Wait[] = [];
  const isOpen = uint8Array(question.known.length);
  const { length } = demands.line;
  for (let work = workMin + workPerTransaction * length; table.size < length; work--) {
    if (work < 0) return undefined;
    if (stack.length === 0) stack.push(table.front());
    const t = stack.at(-1)!;
    const wait = waitOf(t);
    meter.step(8);
    if (wait === 'never') return undefined;
    if (wait === undefined) {
      table.place(t);
      isOpen[t] = 0;
      stack.pop();
      continue;
    }
    isOpen[t] = 1;
    reasons[stack.length - 1] = wait;
    if (isOpen[wait.on] === 0) {
      stack.push(wait.on);
      continue;
    }
    const from = stack.indexOf(wait.on);
    const before = table.size;
    table.takeBack(sizeKept(stack.slice(from), reasons.slice(from, stack.length), assumed, table));
    work -= before - table.size;
    for (const each of stack) isOpen[each] = 0;
    stack.length = 0;
  }
  return table.order;
}

/** How many may stay placed once a circle of waits is broken. */
function sizeKept(
  circle: readonly number[],
  reasons: readonly Wait[],
  assumed: Assumptions,
  table: Placement,
): number {
  const tooSoon = assumed.assume(circle, reasons);
  if (tooSoon !== undefined) return table.placeOf(tooSoon);
  if (assumed.drop(circle, reasons)) return table.size;
  assumed.dropAll();
  return Math.max(0, table.size - takenBackAtOnce);
}

/** Few, for those who are in one another's way lie close together: with a few hundred the lots are drawn too often for nothing. */
const takenBackAtOnce = 32;
/** Most transactions take two steps. */
const workPerTransaction = 8;
const workMin = 10_000;
