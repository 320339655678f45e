/** What a user's node says of itself, and when that means that it is ready. */
import type { Asked, SystemDefinition } from '../config/define-system.ts';
import type { Link, NodeId } from '../core/ids.ts';
import { clientsHost } from '../core/ids.ts';
import type { Address, NodeStatus, ProbeScript, System } from '../core/seams/system.ts';
import { probeLink } from '../links/probe.ts';

type Told = Pick<SystemDefinition, 'ready' | 'status' | 'settled'>;

/** Rejects while the node is not ready, or has not answered in time. */
export const statusOf =
  ({ ready, status }: Told, clientProbe: ProbeScript): System['status'] =>
  (address, timeoutMs, node) => {
    const signal = AbortSignal.timeout(timeoutMs);
    const asked: Asked = { node, signal };
    const answer = async (): Promise<NodeStatus> => {
      if (ready !== undefined) {
        if ((await ready(address, asked)) === false) throw new Error('not ready');
      } else if (status === undefined) await answers(address, clientProbe, timeoutMs, node);
      const { leader, generation = 0 } = (await status?.(address, asked)) ?? {};
      return { node, role: roleOf(node, leader), leader: leader as NodeId | undefined, generation };
    };
    return Promise.race([answer(), rejection(signal)]);
  };

/** Every node answers; where they say who leads, they agree. */
export const settledOf = ({ status, settled }: Told): System['settled'] =>
  settled ??
  ((statuses, nodes) => {
    if (statuses.length < nodes) return false;
    const leaders = new Set(statuses.map(({ leader }) => leader));
    return status === undefined || (leaders.size === 1 && !leaders.has(undefined));
  });

/** An open port says nothing: a proxy before the node accepts for it. */
async function answers(
  address: Address,
  script: ProbeScript,
  timeoutMs: number,
  node: NodeId,
): Promise<void> {
  const link: Link = { from: clientsHost, to: node };
  const { forward } = await probeLink(link, address, script, timeoutMs);
  if (forward !== 'open') throw new Error(`no answer: ${forward}`);
}

const roleOf = (node: NodeId, leader: string | undefined): NodeStatus['role'] => {
  if (leader === undefined) return 'member';
  return leader === node ? 'leader' : 'follower';
};

const rejection = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }),
  );
