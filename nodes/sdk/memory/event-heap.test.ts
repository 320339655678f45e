import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { EventHeap } from './event-heap.ts';
import type { TimelineEvent } from './event-heap.ts';

const event = (atMs: number, ordinal: number): TimelineEvent => ({
  atMs,
  ordinal,
  happen: () => {},
});

function takeAll(heap: EventHeap): TimelineEvent[] {
  const taken: TimelineEvent[] = [];
  for (let next = heap.takeFirst(); next !== undefined; next = heap.takeFirst()) taken.push(next);
  return taken;
}

/** What a list that is sorted anew each time would do: the word of reference. */
const inOrder = (events: readonly TimelineEvent[]): TimelineEvent[] =>
  events.toSorted((a, b) => a.atMs - b.atMs || a.ordinal - b.ordinal);

describe('a heap of events', () => {
  test.prop([fc.array(fc.nat({ max: 20 }), { maxLength: 200 })])(
    'gives the earliest first, and of one moment what was asked for first',
    (moments) => {
      const heap = new EventHeap();
      const events = moments.map(event);
      for (const each of events) heap.insert(each);
      expect(takeAll(heap)).toEqual(inOrder(events));
    },
  );

  const step = fc.oneof(
    fc.record({ do: fc.constant('insert' as const), atMs: fc.nat({ max: 50 }) }),
    fc.constant({ do: 'take' as const }),
    fc.record({ do: fc.constant('cancel' as const), which: fc.nat() }),
  );
  test.prop([fc.array(step, { maxLength: 300 })])(
    'never gives what was cancelled, however the steps mix',
    (steps) => {
      const heap = new EventHeap();
      let known: TimelineEvent[] = [];
      let ordinal = 0;
      for (const each of steps) {
        if (each.do === 'insert') {
          const added = event(each.atMs, ordinal++);
          heap.insert(added);
          known.push(added);
        } else if (each.do === 'take') {
          const [first] = inOrder(known);
          expect(heap.takeFirst()).toBe(first);
          known = known.filter((one) => one !== first);
        } else if (known.length > 0) {
          const [gone] = known.splice(each.which % known.length, 1);
          gone!.happen = undefined;
          heap.cancelled();
        }
      }
      expect(takeAll(heap)).toEqual(inOrder(known));
    },
  );

  test('keeps what is left when it rids itself of thousands that were cancelled', () => {
    const heap = new EventHeap();
    const events = Array.from({ length: 5000 }, (_, n) => event((n * 7919) % 1000, n));
    for (const each of events) heap.insert(each);
    const left = events.filter((_, n) => n % 10 === 0);
    for (const each of events)
      if (!left.includes(each)) {
        each.happen = undefined;
        heap.cancelled();
      }
    expect(takeAll(heap)).toEqual(inOrder(left));
  });

  test('that is empty has no first', () => {
    const heap = new EventHeap();
    expect(heap.first()).toBeUndefined();
    expect(heap.takeFirst()).toBeUndefined();
  });
});
