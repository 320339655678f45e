/**
 * Finds cycles of every name, exactly: in each component the most severe that is there, and it is never left out for want of time.
 *
 * The names are in an order of severity: G0 before G1c before G-single-item before G-nonadjacent-item before G2-item. So are their variants: what
 * data alone has is worse than what needs the order of a client, and that than what needs real time. The search goes from the inside
 * out, through components of components:
 *
 *     a component over data, process and realtime edges
 *       its components over data and process edges: every cycle that needs no real time is in one of them
 *         their components over data edges: every cycle of data alone is in one of them
 *
 * and looks in each only for what is more severe than what was found inside it. That keeps every question simple: if there is
 * a cycle of the kinds asked for, then it needs what its name says, for one that does not need it would have been found before.
 *
 *     G0                   a component over ww edges
 *     G1c                  a component over ww and wr edges
 *     G-single-item        `single.ts`; by then ww and wr edges have no cycle
 *     G-nonadjacent-item   `nonadjacent.ts`
 *     G2-item              any cycle at all, and a component has one
 *
 * Elle (VLDB 2020, §5) enumerates paths and gives up after a while; here each question but one takes linear time.
 */
import { int32Array } from '../arrays.ts';
import { cycleNames, variants } from '../levels/anomalies.ts';
import type { CycleName } from '../levels/anomalies.ts';
import type { Meter } from '../meter.ts';
import { componentsOf, cyclicOnes } from './components.ts';
import { kinds, partOf } from './graph.ts';
import type { Graph, Part } from './graph.ts';
import { nonadjacentWalk } from './nonadjacent.ts';
import { singles, singlesInRealtime } from './single.ts';
import { shortestWalk } from './walks.ts';
import type { Start, Walk } from './walks.ts';

/** A closed walk by the nodes of the whole graph, with the name of the anomaly that it is. */
export interface Cycle extends Walk {
  readonly name: CycleName;
}

/** Nodes below `transactions` are transactions, the others moments. `onCycle` is told of each as it is found. */
export function findCycles(
  graph: Graph,
  transactions: number,
  meter: Meter,
  onCycle: (cycle: Cycle) => void,
): void {
  meter.stage('looking for cycles');
  const search: Search = { transactions, meter, onCycle };
  inComponents(graph, variants.length - 1, search);
}

interface Search {
  readonly transactions: number;
  readonly meter: Meter;
  readonly onCycle: (cycle: Cycle) => void;
}

const data = kinds.ww | kinds.wr | kinds.rw;
/** What the edges of a variant are beside those of data; the place is that of `variants`. */
const free = [0, kinds.process, kinds.process | kinds.realtime] as const;

/** The severity of the most severe that was found in the graph, in this variant or one inside it. */
function inComponents(graph: Graph, variant: number, search: Search): number {
  let best: number = cycleNames.length;
  const components = cyclicOnes(componentsOf(graph, orderMask(variant), search.meter));
  if (components.length === 0) return best;
  const place = int32Array(graph.nodes).fill(-1);
  for (const nodes of components) {
    const part = partOf(graph, nodes, place, search.meter);
    const named = namedAbove(part, search);
    const inside = variant === 0 ? cycleNames.length : inComponents(part, variant - 1, named);
    best = Math.min(best, inside, inPart(part, variant, inside, named));
  }
  return best;
}

/** Tells of cycles by the numbers of the graph that the part is of. */
const namedAbove = ({ names }: Part, search: Search): Search => ({
  ...search,
  onCycle: ({ nodes, ...cycle }) =>
    search.onCycle({ ...cycle, nodes: nodes.map((node) => names[node]!) }),
});

/** Looks in one component for what is more severe than `known`, and returns how severe it is. */
function inPart(part: Part, variant: number, known: number, search: Search): number {
  for (let severity = 0; severity < known; severity++) {
    const walk = questions[severity]!(part, free[variant]!, search);
    if (walk === undefined) continue;
    search.onCycle({ ...walk, name: `${cycleNames[severity]!}${variants[variant]!}` });
    return severity;
  }
  return known;
}

/** Everything that makes an order in a variant. */
export const orderMask = (variant: number): number => data | free[variant]!;

type Question = (part: Part, free: number, search: Search) => Walk | undefined;

/** In the places of `cycleNames`. */
const questions: readonly Question[] = [
  (part, free, { meter }) => cycleThrough(part, kinds.ww, kinds.ww | free, meter),
  (part, free, { meter }) => cycleThrough(part, kinds.wr, kinds.ww | kinds.wr | free, meter),
  (part, free, { meter, transactions }) => {
    const mask = kinds.ww | kinds.wr | free;
    const order = componentsOf(part, mask, meter);
    const found =
      (free & kinds.realtime) === 0
        ? singles(part, mask, order, meter)
        : singlesInRealtime(part, mask, order, transactions, meter);
    return shortestWalk(part, found, mask, meter);
  },
  (part, free, { meter }) => nonadjacentWalk(part, kinds.ww | kinds.wr | free, meter),
  (part, free, { meter }) => cycleThrough(part, kinds.rw, data | free, meter),
];

/** The shortest cycle over edges of `mask` that has one of `kind`, if there is a cycle over them at all. */
function cycleThrough(part: Part, kind: number, mask: number, meter: Meter): Walk | undefined {
  const components = componentsOf(part, mask, meter);
  if (components.count === part.nodes) return undefined;
  const starts: Start[] = [];
  for (let from = 0; from < part.nodes && starts.length < startsMax; from++)
    for (let edge = part.offsets[from]!; edge < part.offsets[from + 1]!; edge++) {
      const to = part.targets[edge]!;
      if (part.kinds[edge] === kind && components.of[from] === components.of[to])
        starts.push({ from, to, kind });
    }
  return shortestWalk(part, starts, mask, meter);
}

const startsMax = 256;
