/** Wrong on purpose: receivers that let a request take effect twice. Duplicates come when a node passes a request on again. */
import type { PlantedBugs } from '../planted-bugs.ts';
import { idempotentReceiver, type MakeIdempotentReceiver } from './idempotent-receiver.ts';

export const idempotentReceiverBugs = {
  'no-dedup': {
    mistake: 'executes every request that it gets, seen before or not',
    shows: { under: ['kill', 'partition'], as: ['not-linearizable'] },
    part: () => ({ receive: (_at, _request, execute) => execute(), clients: 0 }),
  },
  'expire-too-early': {
    mistake: "forgets a client's reply four entries later",
    shows: { under: ['kill', 'partition'], as: ['not-linearizable'] },
    part: (options) => idempotentReceiver({ ...options, keptForEntries: 4 }),
  },
} satisfies PlantedBugs<MakeIdempotentReceiver>;
