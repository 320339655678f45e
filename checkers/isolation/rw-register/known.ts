/** Which transactions are known to have happened: those that were `ok`, and those whose writes were read by one of these. */
import { uint8Array } from '../arrays.ts';
import { mopKinds, outcomes } from '../transactions.ts';
import type { Transactions } from '../transactions.ts';

export function knownOf({
  count,
  outcome,
  first,
  mopKind,
  mopLength,
  mopAt,
  found,
  writer,
}: Transactions) {
  const known = uint8Array(count);
  const due: number[] = [];
  const readsOf = (t: number) => {
    for (let mop = first[t]!; mop < first[t + 1]!; mop++) {
      if (mopKind[mop] !== mopKinds.read || mopLength[mop] === 0) continue;
      const other = writer[found[mopAt[mop]!]!]!;
      if (other < 0 || known[other] === 1 || outcome[other] !== outcomes.info) continue;
      known[other] = 1;
      due.push(other);
    }
  };
  for (let t = 0; t < count; t++) known[t] = outcome[t] === outcomes.ok ? 1 : 0;
  for (let t = 0; t < count; t++) if (outcome[t] === outcomes.ok) readsOf(t);
  for (let t = due.pop(); t !== undefined; t = due.pop()) readsOf(t);
  return known;
}
