/** Waits until a cluster that has just started is ready for clients: every node answers, and the system says that it is settled. */
import { environmentError } from '../core/errors.ts';
import type { Cluster } from '../core/seams/runtime.ts';
import type { System } from '../core/seams/system.ts';
import { nsPerMs, sleep } from '../core/time.ts';

const pollMs = 50;

/** Throws an environment error when the cluster does not settle within `timeoutMs`. */
export async function settle(
  cluster: Cluster,
  system: System,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<void> {
  const { clock, nodes } = cluster;
  const deadline = clock.now() + timeoutMs * nsPerMs;
  for (;;) {
    signal.throwIfAborted();
    const statuses = await Promise.all(nodes.ids.map((node) => nodes.status(node)));
    const answering = statuses.filter((status) => status !== undefined);
    if (system.settled(answering, nodes.ids.length)) return;
    if (clock.now() > deadline) {
      throw environmentError(
        `the cluster did not settle within ${timeoutMs} ms: ${answering.length} of ${nodes.ids.length} nodes answer`,
        "the nodes' logs are in the run's folder",
      );
    }
    await sleep(clock, pollMs * nsPerMs, signal);
  }
}
