/** The same work for every thread, each on its own. */
import type { Generator, ThreadId } from '../core/seams/generator.ts';
import { restrict } from './on-threads.ts';
import { done, earliest, nothing, operationStep, pending } from './step.ts';

/** A copy of `generator` for each thread, which sees that thread alone. Done when every thread's copy is. */
export const eachThread = (generator: Generator): Generator => copies(generator, new Map());

/** Of a thread that is not in `begun` the copy is still as it was at first. */
function copies(original: Generator, begun: ReadonlyMap<ThreadId, Generator>): Generator {
  const copyOf = (thread: ThreadId) => begun.get(thread) ?? original;
  const self: Generator = {
    step(context) {
      const after = new Map(begun);
      let untilNs: number | undefined;
      for (const thread of context.free) {
        const step = copyOf(thread).step(restrict(context, [thread], [thread]));
        after.set(thread, step.kind === 'done' ? nothing : step.next);
        if (step.kind === 'operation')
          return operationStep({ ...step.operation, thread }, copies(original, after));
        if (step.kind === 'pending') untilNs = earliest(context.timeNs, untilNs, step.untilNs);
      }
      const allDone = context.threads.every((thread) => after.get(thread) === nothing);
      return allDone ? done : pending(copies(original, after), untilNs);
    },
    update(context, entry) {
      const thread = context.threadOf(entry.process);
      if (thread === undefined || !context.threads.includes(thread)) return self;
      const copy = copyOf(thread);
      const free = context.free.includes(thread) ? [thread] : [];
      const next = copy.update(restrict(context, [thread], free), entry);
      return next === copy ? self : copies(original, new Map(begun).set(thread, next));
    },
  };
  return self;
}
