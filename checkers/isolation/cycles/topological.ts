/**
 * Nodes in an order in which edges between components lead forward (Kahn, *Topological sorting of large networks*, CACM 5(11), 1962). Of
 * components that could come next that of the smallest priority does, and so do the nodes within one.
 */
import { copyOf, int32Array } from '../arrays.ts';
import type { Meter } from '../meter.ts';
import type { Components } from './components.ts';
import type { Graph } from './graph.ts';

/** `priority` has a number for each node, which no other node has. Only edges of the kinds in `mask` count; `components` are those over them. */
export function inOrder(
  graph: Graph,
  mask: number,
  { count, of }: Components,
  priority: Int32Array,
  meter: Meter,
): Int32Array {
  const { nodes, offsets, targets, kinds } = graph;
  meter.room(nodes * 4 * 7);
  const byPriority = int32Array(nodes);
  for (let node = 0; node < nodes; node++) byPriority[priority[node]!] = node;
  const first = int32Array(count + 1);
  for (let node = 0; node < nodes; node++) first[of[node]! + 1]!++;
  for (let component = 0; component < count; component++)
    first[component + 1]! += first[component]!;
  const next = copyOf(first, count);
  const members = int32Array(nodes);
  for (const node of byPriority) members[next[of[node]!]!++] = node;
  const earlier = int32Array(count);
  const forward = (node: number, onForward: (component: number) => void) => {
    for (let edge = offsets[node]!; edge < offsets[node + 1]!; edge++) {
      const component = of[targets[edge]!]!;
      if ((kinds[edge]! & mask) !== 0 && component !== of[node]) onForward(component);
    }
  };
  for (let node = 0; node < nodes; node++) forward(node, (component) => void earlier[component]!++);
  const ready = heap(count);
  const priorityOf = (component: number) => priority[members[first[component]!]!]!;
  for (let component = 0; component < count; component++)
    if (earlier[component] === 0) ready.push(priorityOf(component));
  const order = int32Array(nodes);
  let size = 0;
  while (ready.size > 0) {
    const component = of[byPriority[ready.pop()]!]!;
    for (let at = first[component]!; at < first[component + 1]!; at++) {
      order[size++] = members[at]!;
      forward(members[at]!, (later) => {
        if (--earlier[later]! === 0) ready.push(priorityOf(later));
      });
    }
    meter.step(first[component + 1]! - first[component]!);
  }
  return order;
}

/** Numbers of which the smallest is taken out first. */
function heap(room: number) {
  const items = int32Array(room + 1);
  let size = 0;
  return {
    get size() {
      return size;
    },
    push(item: number) {
      let at = ++size;
      for (; at > 1 && items[at >> 1]! > item; at >>= 1) items[at] = items[at >> 1]!;
      items[at] = item;
    },
    pop(): number {
      const top = items[1]!;
      const item = items[size--]!;
      let at = 1;
      for (;;) {
        let child = 2 * at;
        if (child > size) break;
        if (child < size && items[child + 1]! < items[child]!) child++;
        if (items[child]! >= item) break;
        items[at] = items[child]!;
        at = child;
      }
      items[at] = item;
      return top;
    },
  };
}
