/**
 * Wrong on purpose: receivers that let a request take effect twice.
 *
 * A duplicate comes when a gateway hands a request to the next leader while the first one's entry survives. That is rare
 * under the workloads that do not retry, so a single run may well miss this bug.
 */
import type { PlantedBugs } from '../planted-bugs.ts';
import type { MakeIdempotentReceiver } from './idempotent-receiver.ts';

export const idempotentReceiverBugs = {
  'no-dedup': {
    mistake: 'executes every request that it gets, seen before or not',
    shows: { under: ['succession', 'kill', 'partition', 'pause'], as: ['not-linearizable'] },
    part: () => ({ receive: (_at, _request, execute) => execute(), clients: 0 }),
  },
} satisfies PlantedBugs<MakeIdempotentReceiver>;
