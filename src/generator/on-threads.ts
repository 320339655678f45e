/**
 * Who takes the operations. A generator behind one of these sees some of the threads only, and is told only of what those
 * do; to it they are all there are, so `synchronize`, `eachThread` and `reserve` inside mean these.
 */
import { harnessError } from '../core/errors.ts';
import { nemesisProcess } from '../core/history/entry.ts';
import type { Generator, GeneratorContext, ThreadId } from '../core/seams/generator.ts';
import { inform, operationStep, passOn } from './step.ts';

/** `place` is the thread's place in the context, from 0. */
export type ThreadChoice = (thread: ThreadId, place: number) => boolean;

/** Only threads that `chosen` names; `who` says which they are in an error, should there be none. */
export function onThreads(chosen: ThreadChoice, generator: Generator, who = 'chosen'): Generator {
  return restricted(selector(chosen, who), generator);
}

/** Client threads only. */
export const onClients = (generator: Generator): Generator =>
  onThreads((thread) => typeof thread === 'number', generator, 'client');

/** The thread of one nemesis only. */
export function onNemesis(family: string, generator: Generator): Generator {
  const nemesis = nemesisProcess(family);
  return onThreads((thread) => thread === nemesis, generator, nemesis);
}

/** The context as a generator sees it that may use `threads` only, of which `free` are free. */
export const restrict = (
  context: GeneratorContext,
  threads: readonly ThreadId[],
  free: readonly ThreadId[],
): GeneratorContext => ({
  timeNs: context.timeNs,
  threads,
  free,
  processOf: (thread) => context.processOf(thread),
  threadOf: (process) => context.threadOf(process),
});

interface Selection {
  readonly threads: readonly ThreadId[];
  readonly has: (thread: ThreadId) => boolean;
}

type Selector = (threads: readonly ThreadId[]) => Selection;

/** The last selection is kept, for the threads of a run hardly ever change. */
function selector(chosen: ThreadChoice, who: string): Selector {
  let from: readonly ThreadId[] | undefined;
  let selection: Selection | undefined;
  return (threads) => {
    if (selection !== undefined && threads === from) return selection;
    const selected = threads.filter(chosen);
    if (selected.length === 0)
      throw harnessError(
        `a generator wants a ${who} thread, and there is none among ${threads.join(', ')}`,
      );
    const members = new Set(selected);
    from = threads;
    return (selection = { threads: selected, has: (thread) => members.has(thread) });
  };
}

function restricted(select: Selector, generator: Generator): Generator {
  const self: Generator = {
    step(context) {
      const inner = narrow(context, select(context.threads));
      const step = passOn(generator.step(inner), (next) => restricted(select, next));
      if (step.kind !== 'operation' || step.operation.thread !== undefined) return step;
      return operationStep({ ...step.operation, thread: inner.free[0]! }, step.next);
    },
    update(context, entry) {
      const selection = select(context.threads);
      const thread = context.threadOf(entry.process);
      if (thread === undefined || !selection.has(thread)) return self;
      const inner = narrow(context, selection);
      return inform(self, generator, inner, entry, (next) => restricted(select, next));
    },
  };
  return self;
}

const narrow = (context: GeneratorContext, { threads, has }: Selection): GeneratorContext =>
  restrict(context, threads, context.free.filter(has));
