/** How clients of a cluster reach its nodes where each has an address: the system's own way of connecting, to that address. */
import type { NodeId } from '../core/ids.ts';
import type { AddressedCluster } from '../core/seams/runtime.ts';
import type { Address, System } from '../core/seams/system.ts';

/** The part of a cluster that is about clients. */
export const clientsBy = (
  system: System,
  clientAddress: (node: NodeId) => Address,
): Pick<AddressedCluster, 'clientAddress' | 'connect'> => ({
  clientAddress,
  connect: (told) => system.connect(clientAddress(told.node), told),
});
