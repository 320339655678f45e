/**
 * Plays a schedule: each thread takes its operations in their order, each at its time or as soon as the thread is free.
 *
 * So a schedule that was taken from a run asks for the same at the same moments, as long as the world answers as it did. Where it
 * does not, a thread that is held up holds up its own operations only; none is left out.
 */
import type { Generator, GeneratorContext, ThreadId } from '../core/seams/generator.ts';
import type { ScheduledOperation } from '../core/schedule.ts';
import { nsPerSecond } from '../core/time.ts';
import { done, operationStep, pending } from './step.ts';

/** Times count from when it is first asked. Every thread that it names must be there. */
export function scheduled(operations: readonly ScheduledOperation[]): Generator {
  const queues = Map.groupBy(
    operations.map((operation, place) => ({ ...operation, place })),
    ({ thread }) => thread,
  );
  return playing({ queues, taken: new Map(), left: operations.length }, undefined);
}

/** How long it takes if no thread is ever held up. */
export const secondsOf = (operations: readonly ScheduledOperation[]): number =>
  operations.reduce((last, { atNs }) => Math.max(last, atNs), 0) / nsPerSecond;

interface Placed extends ScheduledOperation {
  readonly place: number;
}

interface Played {
  readonly queues: ReadonlyMap<ThreadId, readonly Placed[]>;
  /** How many each thread has taken. */
  readonly taken: ReadonlyMap<ThreadId, number>;
  readonly left: number;
}

function playing(played: Played, sinceNs: number | undefined): Generator {
  const self: Generator = {
    step(context) {
      if (played.left === 0) return done;
      const beganNs = sinceNs ?? context.timeNs;
      const heads = headsOf(played, context);
      const first = heads.find(({ atNs }) => beganNs + atNs <= context.timeNs);
      if (first === undefined || giveWay(first, beganNs, played, context)) {
        const times = heads.map(({ atNs }) => beganNs + atNs).filter((at) => at > context.timeNs);
        const again = first === undefined ? times : [...times, context.timeNs + 1];
        const next = sinceNs === undefined ? playing(played, beganNs) : self;
        return pending(next, again.length === 0 ? undefined : Math.min(...again));
      }
      const { atNs: _, place: __, ...operation } = first;
      return operationStep(operation, playing(without(played, first.thread), beganNs));
    },
    update: () => self,
  };
  return self;
}

/**
 * Of operations of one moment an earlier one goes first, though its thread be still at work: in the run that they are taken from
 * it was freed at that very moment, and its turn is yet to come. When the moment has passed it is waited for no more.
 */
function giveWay(first: Placed, beganNs: number, played: Played, { timeNs }: GeneratorContext) {
  if (beganNs + first.atNs < timeNs) return false;
  return headsOf(played, { free: [...played.queues.keys()] }).some(
    ({ atNs, place }) => atNs === first.atNs && place < first.place,
  );
}

/** What each free thread has to take next, in their order. */
const headsOf = ({ queues, taken }: Played, { free }: Pick<GeneratorContext, 'free'>): Placed[] =>
  free
    .flatMap((thread) => queues.get(thread)?.[taken.get(thread) ?? 0] ?? [])
    .toSorted((a, b) => a.place - b.place);

const without = ({ queues, taken, left }: Played, thread: ThreadId): Played => ({
  queues,
  taken: new Map(taken).set(thread, (taken.get(thread) ?? 0) + 1),
  left: left - 1,
});
