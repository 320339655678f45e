/**
 * High-Water Mark: while a node runs, its mark never goes back, and it applies nothing above its mark.
 *
 * A node that starts anew may begin from no mark, for the mark is not kept: `started` begins a new count.
 */
import type { NodeId } from '../../src/core/ids.ts';
import type { Traced } from '../../src/core/trace.ts';
import { held, vacuous, violated } from './invariant.ts';
import type { Invariant, Judgement } from './invariant.ts';

type Reads = 'started' | 'high-water-mark-moved' | 'entry-applied';
type Moved = Traced<'high-water-mark-moved'>;

const reads = ['started', 'high-water-mark-moved', 'entry-applied'] as const;

export const highWaterMarkNeverGoesBack: Invariant<Reads> = {
  name: 'high-water-mark-never-goes-back',
  says: 'while a node runs, its high-water mark never goes back, and nothing above it is applied',
  reads,
  check(trace) {
    const marks = new Map<NodeId, Moved>();
    let moves = 0;
    for (const event of trace.of(...reads)) {
      const mark = marks.get(event.node);
      const problem = mark === undefined ? undefined : problemOf(mark, event);
      if (problem !== undefined) return problem;
      if (event.event === 'started') marks.delete(event.node);
      if (event.event !== 'high-water-mark-moved') continue;
      marks.set(event.node, event);
      moves++;
    }
    return moves === 0
      ? vacuous('no high-water mark moved')
      : held(`${moves} moves of the high-water mark, all forward, and nothing applied above it`);
  },
};

function problemOf(mark: Moved, event: Traced<Reads>): Judgement | undefined {
  if (event.event === 'high-water-mark-moved' && event.mark < mark.mark)
    return violated(
      `the high-water mark of ${event.node} went back from ${mark.mark} to ${event.mark}`,
      [mark, event],
    );
  if (event.event === 'entry-applied' && event.index > mark.mark)
    return violated(
      `${event.node} applied entry ${event.index}, above its high-water mark ${mark.mark}`,
      [mark, event],
    );
  return undefined;
}
