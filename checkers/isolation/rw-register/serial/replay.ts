/** Whether an order of transactions is a serial one: done one after the other in it, each reads what it did read. It is all that a proof rests on. */
import { int32Array } from '../../arrays.ts';
import { variants } from '../../levels/anomalies.ts';
import { lastItem, mopKinds, outcomes } from '../../transactions.ts';
import type { Transactions } from '../../transactions.ts';

/** Of those that are `known` to have happened, all; and in the order of clients or in real time if the `variant` is one of these. */
export function isSerial(
  txns: Transactions,
  known: Uint8Array,
  order: Int32Array,
  variant: number,
): boolean {
  return (
    isComplete(known, order) &&
    readsWhatItRead(txns, order) &&
    (variants[variant] !== '-process' || keepsClients(txns, order)) &&
    (variants[variant] !== '-realtime' || keepsRealtime(txns, order))
  );
}

function isComplete(known: Uint8Array, order: Int32Array): boolean {
  const left = known.slice();
  for (const t of order) {
    if (left[t] !== 1) return false;
    left[t] = 0;
  }
  return !left.includes(1);
}

function readsWhatItRead(txns: Transactions, order: Int32Array): boolean {
  const { first, mopKind, mopKey, mopAt, keyNames } = txns;
  const state = int32Array(keyNames.length).fill(-1);
  for (const t of order)
    for (let mop = first[t]!; mop < first[t + 1]!; mop++) {
      if (mopKind[mop] === mopKinds.write) state[mopKey[mop]!] = mopAt[mop]!;
      else if (mopKind[mop] === mopKinds.read && lastItem(txns, mop) !== state[mopKey[mop]!])
        return false;
    }
  return true;
}

/** What was `ok` comes before all that its client did later. */
function keepsClients({ process, processNames, outcome }: Transactions, order: Int32Array) {
  const latest = int32Array(processNames.length).fill(-1);
  for (const t of order) {
    const client = process[t]!;
    if (outcome[t] === outcomes.ok && latest[client]! > t) return false;
    if (latest[client]! < t) latest[client] = t;
  }
  return true;
}

/** Nothing comes before what had completed when it began. */
function keepsRealtime({ invoke, complete, outcome }: Transactions, order: Int32Array): boolean {
  let began = -1;
  for (const t of order) {
    if (outcome[t] === outcomes.ok && complete[t]! < began) return false;
    began = Math.max(began, invoke[t]!);
  }
  return true;
}
