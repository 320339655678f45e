/** When a cluster that has a leader is ready for clients. */
import type { NodeStatus } from '../../src/core/seams/system.ts';

/** Every node answers, one leads, and all know it in the same generation. */
export function allKnowOneLeader(statuses: readonly NodeStatus[], nodes: number): boolean {
  const leaders = statuses.filter(({ role }) => role === 'leader');
  const [leader] = leaders;
  return (
    statuses.length === nodes &&
    leaders.length === 1 &&
    statuses.every((each) => each.leader === leader!.node && each.generation === leader!.generation)
  );
}
