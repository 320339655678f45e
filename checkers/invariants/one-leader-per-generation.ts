/** Leader and Followers, Generation Clock: no generation has two leaders. */
import type { Traced } from '../../src/core/trace.ts';
import { held, vacuous, violated } from './invariant.ts';
import type { Invariant } from './invariant.ts';

export const oneLeaderPerGeneration: Invariant<'leader-elected'> = {
  name: 'one-leader-per-generation',
  says: 'no generation has two leaders',
  reads: ['leader-elected'],
  check(trace) {
    const elected = new Map<number, Traced<'leader-elected'>>();
    for (const event of trace.of('leader-elected')) {
      const earlier = elected.get(event.generation);
      if (earlier !== undefined && earlier.node !== event.node)
        return violated(
          `${earlier.node} and ${event.node} both led generation ${event.generation}`,
          [earlier, event],
        );
      elected.set(event.generation, event);
    }
    return elected.size === 0
      ? vacuous('no leader was elected')
      : held(`${elected.size} generations, each with one leader`);
  },
};
