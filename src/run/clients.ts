/** Clients of a run: each thread talks to one node, through the clients' link to it, with the workload's own calls. */
import { harnessError } from '../core/errors.ts';
import type { ProcessId } from '../core/history/entry.ts';
import type { Plan } from '../core/plan.ts';
import type { Client } from '../core/seams/client.ts';
import type { Cluster } from '../core/seams/runtime.ts';
import type { Workload } from '../core/seams/workload.ts';

/** Opens the client that a process is; thread t talks to node t modulo the number of nodes. */
export function clientOpener(
  cluster: Cluster,
  workload: Workload,
  { seed, options }: Pick<Plan, 'seed' | 'options'>,
) {
  const { ids } = cluster.nodes;
  return async (process: ProcessId, thread: number): Promise<Client> => {
    const node = ids[thread % ids.length]!;
    const session = await cluster.connect({ client: `${seed}/${process}`, node, options });
    const performs = workload.client(session);
    return {
      node,
      invoke(operation, signal) {
        const perform = performs[operation.f];
        if (perform === undefined) {
          throw harnessError(
            `the workload ${workload.name} generates ${operation.f} and its client cannot perform it`,
          );
        }
        return perform(operation, signal);
      },
      ...(session.isOpen === undefined ? {} : { isOpen: () => session.isOpen!() }),
      close: () => session.close(),
    };
  };
}
