/** What an etcd node says of itself: its term, and whom it takes for the leader, by the name that the member has. */
import type { NodeId } from '../../src/core/ids.ts';
import type { Address, NodeStatus } from '../../src/core/seams/system.ts';
import { HttpConnection } from '../sdk/host/http-connection.ts';
import { callGateway, isFields } from './gateway.ts';

/** Both answers are the node's own, without asking the others; rejects when they have not come in time. */
export async function askStatus(
  address: Address,
  timeoutMs: number,
  node: NodeId,
): Promise<NodeStatus> {
  const signal = AbortSignal.timeout(timeoutMs);
  const connection = await HttpConnection.open(address, signal);
  try {
    const status = await callGateway(connection, 'maintenance/status', {}, signal);
    const { members } = await callGateway(connection, 'cluster/member/list', {}, signal);
    const leader = memberNamed(members, status['leader']);
    return {
      node,
      role: leader === node ? 'leader' : 'follower',
      leader,
      generation: Number(status['raftTerm'] ?? 0),
    };
  } finally {
    connection.close();
  }
}

/** Undefined for no leader, and for a member that has not told its name yet. */
function memberNamed(members: unknown, id: unknown): NodeId | undefined {
  const all = Array.isArray(members) ? members.filter(isFields) : [];
  const { name } = all.find((member) => member['ID'] === id) ?? {};
  return typeof name === 'string' && name !== '' ? (name as NodeId) : undefined;
}
