/** The names of things. Branded, so that a node's id and any other string cannot be confused. */

/** A node: `n1`, `n2`, … */
export type NodeId = string & { readonly __brand: 'node-id' };

/** One end of a link: a node, or `clients`, which stands for all clients of a run together. */
export type HostId = NodeId | typeof clientsHost;

export const clientsHost = 'clients' as const;

/** A directed link: the network path from one host to a node. */
export interface Link {
  readonly from: HostId;
  readonly to: NodeId;
}

export const nodeId = (ordinal: number): NodeId => `n${ordinal}` as NodeId;

/** n1 … nN. */
export const nodeIds = (count: number): NodeId[] =>
  Array.from({ length: count }, (_, i) => nodeId(i + 1));

/** `n1→n2`, as histories, reports and Toxiproxy's proxies name it. */
export const linkName = (link: Link): string => `${link.from}→${link.to}`;

/** Every directed link of a cluster: each ordered pair of nodes, and one from the clients to each node. */
export function allLinks(nodes: readonly NodeId[]): Link[] {
  const between = nodes.flatMap((from) =>
    nodes.filter((to) => to !== from).map((to) => ({ from, to })),
  );
  return [...between, ...nodes.map((to) => ({ from: clientsHost, to }))];
}

/** The members of a quorum of `count` nodes: more than half, for even counts too. */
export const majorityOf = (count: number): number => Math.floor(count / 2) + 1;
