/**
 * The order of versions made whole, and the dependencies that follow from it. A key whose versions come before one another in a
 * circle has no order: that is the anomaly `cyclic-versions`, and nothing is concluded from it.
 *
 *     1 (by T1) before 2 (by T2)     ww: T1 → T2     rw: whoever read 1 → T2     wr: T1 → whoever read 1
 */
import { int32Array, uint8Array } from '../arrays.ts';
import { componentsOf, cyclicOnes } from '../cycles/components.ts';
import { edgeList, kinds } from '../cycles/graph.ts';
import type { EdgeList, Graph } from '../cycles/graph.ts';
import type { Oddities, Words } from '../findings.ts';
import type { Meter } from '../meter.ts';
import type { Reads, Transactions } from '../transactions.ts';
import type { Touches } from './touches.ts';
import { addVersionEdges, reasons } from './version-order.ts';
import type { Claims } from './version-order.ts';

/** Versions of all keys with what comes after each; its kinds are reasons. */
export function versionGraph(
  txns: Transactions,
  touches: Touches,
  claims: Claims,
  tools: { readonly words: Words; readonly oddities: Oddities; readonly meter: Meter },
): Graph {
  const { meter } = tools;
  const nodes = txns.itemCount + txns.keyNames.length;
  const claimed = edgeList(meter);
  addVersionEdges(txns, touches, claims, claimed, meter);
  const graph = claimed.toGraph(nodes);
  const whole = edgeList(meter, graph.targets.length + nodes);
  const hasEarlier = uint8Array(nodes);
  forEdges(graph, (_, to) => (hasEarlier[to] = 1));
  forEdges(graph, (from, to, reason) => whole.add(from, to, reason));
  for (let item = 0; item < txns.itemCount; item++)
    if (touches.isVersion[item] === 1 && hasEarlier[item] === 0)
      whole.add(txns.itemCount + txns.itemKeys[item]!, item, reasons.initial);
  const versions = whole.toGraph(nodes);
  return graph.targets.length === 0 ? versions : withoutCircles(txns, versions, tools);
}

function forEdges(
  { nodes, offsets, targets, kinds }: Graph,
  onEdge: (from: number, to: number, kind: number) => void,
): void {
  for (let from = 0; from < nodes; from++)
    for (let edge = offsets[from]!; edge < offsets[from + 1]!; edge++)
      onEdge(from, targets[edge]!, kinds[edge]!);
}

function withoutCircles(
  txns: Transactions,
  graph: Graph,
  { words, oddities, meter }: { words: Words; oddities: Oddities; meter: Meter },
): Graph {
  const circles = cyclicOnes(componentsOf(graph, anyReason, meter));
  if (circles.length === 0) return graph;
  const keyOf = (version: number) =>
    version < txns.itemCount ? txns.itemKeys[version]! : version - txns.itemCount;
  const broken = uint8Array(txns.keyNames.length);
  for (const versions of circles) {
    const key = keyOf(versions[0]!);
    broken[key] = 1;
    const writers = [...versions].flatMap((v) => (v < txns.itemCount ? [txns.writer[v]!] : []));
    oddities.add('cyclic-versions', [...new Set(writers)].slice(0, writersMax), () => {
      const shown = [...versions.subarray(0, writersMax)].map((version) =>
        version < txns.itemCount ? words.value(version) : 'none',
      );
      return `of key ${words.key(key)} the versions ${shown.join(', ')} each come before themselves`;
    });
  }
  const kept = edgeList(meter, graph.targets.length);
  forEdges(graph, (from, to, reason) => {
    if (broken[keyOf(from)] === 0) kept.add(from, to, reason);
  });
  return kept.toGraph(graph.nodes);
}

const anyReason = 255;
const writersMax = 6;

/** Keys whose versions do not all stand in one line. */
export function unorderedKeys(
  { itemCount, itemKeys, keyNames }: Transactions,
  { isVersion }: Touches,
  versions: Graph,
  meter: Meter,
): number[] {
  const { count, of } = componentsOf(versions, anyReason, meter);
  const sorted = int32Array(count);
  for (let version = 0; version < itemCount; version++)
    sorted[count - 1 - of[version]!] = version + 1;
  const last = int32Array(keyNames.length).fill(-1);
  const unordered = new Set<number>();
  for (const place of sorted) {
    const version = place - 1;
    if (version < 0 || isVersion[version] === 0) continue;
    const key = itemKeys[version]!;
    const before = last[key]!;
    last[key] = version;
    if (before < 0) continue;
    const { offsets, targets } = versions;
    if (!targets.subarray(offsets[before], offsets[before + 1]).includes(version))
      unordered.add(key);
  }
  return [...unordered];
}

/** All kinds of data dependencies between transactions that happened; `versions` has no circle. */
export function addDataEdges(
  txns: Transactions,
  known: Uint8Array,
  reads: Reads,
  versions: Graph,
  edges: EdgeList,
  meter: Meter,
): void {
  const { itemCount, writer } = txns;
  for (let read = 0; read < reads.count; read++) {
    const reader = reads.transaction[read]!;
    const item = reads.saw[read]!;
    const version = item < 0 ? itemCount + txns.mopKey[reads.mop[read]!]! : item;
    const from = item < 0 ? -1 : writer[item]!;
    if (from >= 0 && from !== reader && known[from] === 1) edges.add(from, reader, kinds.wr);
    meter.step();
    for (let edge = versions.offsets[version]!; edge < versions.offsets[version + 1]!; edge++) {
      const next = versions.targets[edge]!;
      meter.step();
      if (next < itemCount && writer[next] !== reader) edges.add(reader, writer[next]!, kinds.rw);
    }
  }
  forEdges(versions, (earlier, later) => {
    if (earlier >= itemCount || later >= itemCount || writer[earlier] === writer[later]) return;
    edges.add(writer[earlier]!, writer[later]!, kinds.ww);
  });
}
