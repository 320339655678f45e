/**
 * Which thread takes which operation, decided by what the operation is.
 *
 * Unlike `reserve` it takes one sequence of operations and keeps its order: an operation whose threads are all busy is
 * waited for. So the same seed still gives the same operations, whatever threads are free when.
 */
import type { Generator, OperationSpec, ThreadId } from '../core/seams/generator.ts';
import { inform, operationStep, passOn, pending } from './step.ts';

/** `place` is the thread's place among the `count` threads of the context, from 0. */
export type Route = (operation: OperationSpec, place: number, count: number) => boolean;

/** Each operation by the first free thread that `allows` allows it; it must allow each operation some thread. */
export function route(allows: Route, generator: Generator): Generator {
  const self: Generator = {
    step(context) {
      const step = generator.step(context);
      if (step.kind !== 'operation') return passOn(step, (next) => route(allows, next));
      const { threads, free } = context;
      const allowed = (thread: ThreadId) =>
        allows(step.operation, threads.indexOf(thread), threads.length);
      const thread = free.find(allowed);
      if (thread === undefined) return pending(self);
      return operationStep({ ...step.operation, thread }, route(allows, step.next));
    },
    update: (context, entry) =>
      inform(self, generator, context, entry, (next) => route(allows, next)),
  };
  return self;
}
