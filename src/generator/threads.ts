/**
 * The threads of a run: which are free, and which process each is at the moment.
 *
 * Thread t begins as process t. When the process of a client thread is retired, the thread goes on as that process plus
 * the number of client threads, so a process never comes back and its thread can always be told from its number. A
 * nemesis's thread and process have the same name and are never retired.
 */
import { nemesisProcess } from '../core/history/entry.ts';
import type { ProcessId } from '../core/history/entry.ts';
import type { GeneratorContext, ThreadId } from '../core/seams/generator.ts';

export interface Threads {
  /** Clients in ascending order, then nemeses as given. */
  readonly all: readonly ThreadId[];
  /** The longest free first. Seen through, not copied: it changes as threads are claimed and released. */
  readonly free: readonly ThreadId[];
  /** What generators are told; good until the next change. */
  context(timeNs: number): GeneratorContext;
  processOf(thread: ThreadId): ProcessId;
  /** Takes a free thread; false if it is not free. */
  claim(thread: ThreadId): boolean;
  release(thread: ThreadId): void;
  /** Replaces the process of a client thread by a fresh one. */
  retire(thread: ThreadId): void;
}

/** All of them free. There must be one at least, or nothing could ever happen. */
export function threadsOf(clientThreads: number, nemeses: readonly string[]): Threads {
  if (clientThreads + nemeses.length === 0) throw new RangeError('there are no threads');
  const clients = Array.from({ length: clientThreads }, (_, thread) => thread);
  const all: readonly ThreadId[] = [...clients, ...nemeses.map(nemesisProcess)];
  const free: ThreadId[] = [...all];
  const processes = [...clients];
  const processOf = (thread: ThreadId): ProcessId =>
    typeof thread === 'number' ? processes[thread]! : thread;
  const threadOf = (process: ProcessId): ThreadId | undefined => {
    if (typeof process === 'number') {
      const thread = process % clientThreads;
      return processes[thread] === process ? thread : undefined;
    }
    return all.includes(process as ThreadId) ? (process as ThreadId) : undefined;
  };
  return {
    all,
    free,
    context: (timeNs) => ({ timeNs, threads: all, free, processOf, threadOf }),
    processOf,
    claim(thread) {
      const place = free.indexOf(thread);
      if (place < 0) return false;
      free.splice(place, 1);
      return true;
    },
    release(thread) {
      free.push(thread);
    },
    retire(thread) {
      if (typeof thread === 'number') processes[thread]! += clientThreads;
    },
  };
}
