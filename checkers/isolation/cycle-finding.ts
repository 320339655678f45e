/** A cycle as data that can be drawn, each of its arrows with the reason for it. */
import type { DependencyName, IsolationCycle, IsolationStep } from '../../src/core/isolation.ts';
import type { Cycle } from './cycles/search.ts';
import { kinds } from './cycles/graph.ts';
import type { Words } from './findings.ts';

/** What shows a dependency: the key and values where there are some, and a sentence. */
export interface Evidence {
  readonly key?: string;
  readonly values?: readonly string[];
  readonly says: string;
}

/** Asked for data dependencies only; those of order are explained here. */
export type Explain = (from: number, to: number, kind: number) => Evidence;

/** Moments are passed over: what completed before a moment completed before all that began after it. */
export function cycleOf(
  cycle: Cycle,
  transactions: number,
  words: Words,
  explain: Explain,
): IsolationCycle {
  const places = [...cycle.nodes.keys()].filter((place) => cycle.nodes[place]! < transactions);
  const steps = places.map((place, at): IsolationStep => {
    const from = cycle.nodes[place]!;
    const to = cycle.nodes[places[(at + 1) % places.length]!]!;
    const kind = cycle.kinds[place]!;
    const evidence = evidenceOf(from, to, kind, words, explain);
    const [before, after] = [words.transaction(from), words.transaction(to)];
    return Object.assign({ from: before, to: after, because: kindNames.get(kind)! }, evidence);
  });
  return { steps };
}

function evidenceOf(
  from: number,
  to: number,
  kind: number,
  { name }: Words,
  explain: Explain,
): Evidence {
  if (kind === kinds.realtime)
    return { says: `${name(from)} had completed before ${name(to)} began` };
  if (kind === kinds.process) return { says: `one client did ${name(from)} before ${name(to)}` };
  return explain(from, to, kind);
}

const kindNames = new Map(
  Object.entries(kinds).map(([name, bit]): [number, DependencyName] => [
    bit,
    name as DependencyName,
  ]),
);
