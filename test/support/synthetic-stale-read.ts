/** Plants one stale read in a synthetic history, and the finding that a checker would make of it. */
import type { CounterexampleOperation } from '../../src/core/counterexample.ts';
import type { Entry, History } from '../../src/core/history/entry.ts';
import { pair } from '../../src/core/history/operation.ts';
import type { Operation } from '../../src/core/history/operation.ts';
import type { Finding } from '../../src/core/verdict.ts';
import type { SyntheticFault } from './synthetic-history.ts';

/** A read during the first fault is made to answer with the value before the last one that was acknowledged. */
export function plantStaleRead(
  history: History,
  faults: readonly SyntheticFault[],
): { history: History; finding: Finding } {
  const ok = pair(history.entries).operations.filter((each) => each.outcome === 'ok');
  const sinceNs = faults[0]?.startNs ?? 0;
  for (const read of ok) {
    if (read.f !== 'read' || read.callNs < sinceNs) continue;
    const before = ok.filter((each) => each.key === read.key && each.returnNs < read.callNs);
    const writes = before.filter((each) => each.f === 'write');
    const [older, newer] = writes.slice(-2);
    if (older === undefined || newer === undefined || older.returnNs > newer.callNs) continue;
    const others = before.filter((each) => each.callNs > older.callNs).slice(-6);
    const stale = { ...read, output: older.output };
    const operations = [...new Set([older, ...others, newer])].toSorted(byCall);
    return { history: withAnswer(history, stale), finding: findingOf(operations, stale) };
  }
  throw new Error('no read of this history can be made stale');
}

const byCall = (a: Operation, b: Operation) => a.callNs - b.callNs;

function withAnswer(history: History, stale: Operation): History {
  const entries = history.entries.map((entry): Entry =>
    entry.index === stale.completeIndex ? { ...entry, value: stale.output } : entry,
  );
  return { ...history, entries };
}

function findingOf(before: readonly Operation[], stale: Operation): Finding {
  const operations = [...before, stale].map((each): CounterexampleOperation => ({
    invokeIndex: each.invokeIndex,
    completeIndex: each.completeIndex,
    process: each.process,
    callNs: each.callNs,
    returnNs: each.returnNs,
    outcome: each.outcome,
    says: says(each),
  }));
  const [older, ...needed] = operations;
  const inEffect = before.slice(1).toSorted((a, b) => a.returnNs - b.returnNs);
  return {
    type: 'not-linearizable',
    kind: 'safety',
    summary: `key ${stale.key} is not linearizable: ${says(stale)} cannot follow, for a later write was acknowledged before it began`,
    entries: [stale.invokeIndex, ...before.map((each) => each.invokeIndex)],
    details: {
      model: 'cas-register',
      key: stale.key,
      operations: [{ ...older!, supporting: true }, ...needed],
      initial: 'null',
      partials: [partial(inEffect, stale), partial(inEffect.slice(0, -1), inEffect.at(-1)!)],
      blocked: stale.invokeIndex,
      smallest: true,
    },
  };
}

const partial = (order: readonly Operation[], waitsFor: Operation) => ({
  order: order.map((each) => each.invokeIndex),
  states: order.map((each) => String(each.output)),
  stuck: [{ invokeIndex: waitsFor.invokeIndex, why: 'cannot take effect here: for a test' }],
});

const says = ({ f, output }: Operation): string =>
  f === 'read' ? `read → ${String(output)}` : `write ${String(output)}`;
