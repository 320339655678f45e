/**
 * The entry list: calls and returns in their order, as a doubly linked list from which an operation can be lifted out
 * and put back in constant time. `lift` and `unlift` are mirror images, so operations must be put back in the reverse
 * of the order in which they were lifted.
 *
 * Nodes are numbers; node 0 is head and tail of the ring.
 */
export interface EntryList {
  readonly next: Int32Array;
  readonly previous: Int32Array;
  /** The operation that is called at a node; the complement (`~`) of the one that returns there. */
  readonly at: Int32Array;
  /** The node of an operation's call. */
  readonly callOf: Int32Array;
  /** The node of an operation's return; 0 for one that never returns. */
  readonly returnOf: Int32Array;
}

export const headNode = 0;

/** Node i+1 is event i. */
export function entryList(events: Int32Array, operations: number): EntryList {
  const nodes = events.length + 1;
  const list: EntryList = {
    next: Int32Array.from({ length: nodes }, (_, node) => (node + 1) % nodes),
    previous: Int32Array.from({ length: nodes }, (_, node) => (node + nodes - 1) % nodes),
    at: new Int32Array(nodes),
    callOf: new Int32Array(operations),
    returnOf: new Int32Array(operations),
  };
  for (const [index, event] of events.entries()) {
    list.at[index + 1] = event;
    if (event >= 0) list.callOf[event] = index + 1;
    else list.returnOf[~event] = index + 1;
  }
  return list;
}

/** Takes an operation's call and return out. */
export function lift(list: EntryList, operation: number): void {
  const { next, previous } = list;
  const call = list.callOf[operation]!;
  next[previous[call]!] = next[call]!;
  previous[next[call]!] = previous[call]!;
  const end = list.returnOf[operation]!;
  if (end === headNode) return;
  next[previous[end]!] = next[end]!;
  previous[next[end]!] = previous[end]!;
}

/** Puts them back where they were. */
export function unlift(list: EntryList, operation: number): void {
  const { next, previous } = list;
  const end = list.returnOf[operation]!;
  if (end !== headNode) {
    previous[next[end]!] = end;
    next[previous[end]!] = end;
  }
  const call = list.callOf[operation]!;
  previous[next[call]!] = call;
  next[previous[call]!] = call;
}
