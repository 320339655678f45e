/** How many operations succeeded, failed or are unknown, per function and per client. */
import type { ProcessId } from '../../src/core/history/entry.ts';
import type { Operation } from '../../src/core/history/operation.ts';

export interface OutcomeCounts {
  ok: number;
  fail: number;
  info: number;
}

export interface Counts {
  readonly all: OutcomeCounts;
  readonly byFunction: ReadonlyMap<string, OutcomeCounts>;
  readonly byProcess: ReadonlyMap<ProcessId, OutcomeCounts>;
}

export function countOutcomes(operations: readonly Operation[]): Counts {
  const all = nothing();
  const byFunction = new Map<string, OutcomeCounts>();
  const byProcess = new Map<ProcessId, OutcomeCounts>();
  for (const { f, process, outcome } of operations) {
    all[outcome]++;
    at(byFunction, f)[outcome]++;
    at(byProcess, process)[outcome]++;
  }
  return { all, byFunction, byProcess };
}

const nothing = (): OutcomeCounts => ({ ok: 0, fail: 0, info: 0 });

function at<Name>(counts: Map<Name, OutcomeCounts>, name: Name): OutcomeCounts {
  const known = counts.get(name) ?? nothing();
  counts.set(name, known);
  return known;
}
