/**
 * Generation Clock: a node's generation never goes back, across restarts too.
 *
 * A node that enters, votes in or leads a generation has been in it. Entering the same one again is no step back: a node
 * does so when it starts, with the generation that it had kept.
 */
import type { NodeId } from '../../src/core/ids.ts';
import type { Traced } from '../../src/core/trace.ts';
import { held, vacuous, violated } from './invariant.ts';
import type { Invariant } from './invariant.ts';

type Reads = 'generation-entered' | 'vote-granted' | 'leader-elected';

const reads = ['generation-entered', 'vote-granted', 'leader-elected'] as const;

export const generationNeverGoesBack: Invariant<Reads> = {
  name: 'generation-never-goes-back',
  says: "no node's generation goes back, not even over a restart",
  reads,
  check(trace) {
    const newest = new Map<NodeId, Traced<Reads>>();
    for (const event of trace.of(...reads)) {
      const earlier = newest.get(event.node);
      if (earlier !== undefined && event.generation < earlier.generation)
        return violated(
          `${event.node} was in generation ${earlier.generation}, and later in generation ${event.generation}`,
          [earlier, event],
        );
      newest.set(event.node, event);
    }
    return newest.size === 0
      ? vacuous('no node entered a generation')
      : held(`the generations of ${newest.size} nodes only grew`);
  },
};
