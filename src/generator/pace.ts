/**
 * How fast operations come. Each of these only holds operations back, so the sequence of operations stays what it was.
 *
 * `rate` and `stagger` have a schedule: the operation after one that came late is due as if it had come in time, or else
 * every late wake-up of a timer would lower the rate. Lateness of more than a second is forgiven, lest minutes of waiting
 * behind a partition be made up for in one burst. `delay` has no schedule: it counts from the operation before.
 */
import type { Random } from '../core/random.ts';
import type { Generator } from '../core/seams/generator.ts';
import { nsPerSecond } from '../core/time.ts';
import { inform, operationStep, pending } from './step.ts';

/** Exactly `opsPerSec` operations a second, all threads together. */
export function rate(opsPerSec: number, generator: Generator): Generator {
  const intervalNs = intervalOf(opsPerSec);
  return paced({ intervalNs: () => intervalNs, latenessNsMax: nsPerSecond }, { generator, n: 0 });
}

/** `exponential`: a Poisson process, as of many independent clients. `uniform`: from 0 to twice the mean. */
export type StaggerShape = 'exponential' | 'uniform';

/** `opsPerSec` operations a second on average, all threads together, at intervals drawn from the seed. */
export function stagger(
  random: Random,
  opsPerSec: number,
  generator: Generator,
  shape: StaggerShape = 'exponential',
): Generator {
  const meanNs = intervalOf(opsPerSec);
  const intervalNs = (n: number): number => {
    const fraction = random.fork(String(n)).fraction();
    return shape === 'uniform' ? 2 * meanNs * fraction : -Math.log(1 - fraction) * meanNs;
  };
  return paced({ intervalNs, latenessNsMax: nsPerSecond }, { generator, n: 0 });
}

/** At least `seconds` from one operation to the next. */
export function delay(seconds: number, generator: Generator): Generator {
  const intervalNs = seconds * nsPerSecond;
  return paced({ intervalNs: () => intervalNs, latenessNsMax: 0 }, { generator, n: 0 });
}

function intervalOf(opsPerSec: number): number {
  if (!(opsPerSec > 0 && opsPerSec < Number.POSITIVE_INFINITY))
    throw new RangeError(`a rate of ${opsPerSec} operations a second cannot be kept`);
  return nsPerSecond / opsPerSec;
}

interface Pace {
  /** From the n-th operation to the one after it. */
  intervalNs(n: number): number;
  readonly latenessNsMax: number;
}

interface Paced {
  readonly generator: Generator;
  /** How many operations there have been. */
  readonly n: number;
  /** When the next is due; the first is due when it is first asked for. */
  readonly dueNs?: number;
}

function paced(pace: Pace, state: Paced): Generator {
  const { generator, n } = state;
  const self: Generator = {
    step(context) {
      const { timeNs } = context;
      const dueNs = state.dueNs ?? timeNs;
      const step = generator.step(context);
      switch (step.kind) {
        case 'done':
          return step;
        case 'pending':
          return pending(
            paced(pace, { generator: step.next, n, dueNs }),
            step.untilNs === undefined ? undefined : Math.max(step.untilNs, dueNs),
          );
        case 'operation':
          if (timeNs < dueNs) return pending(paced(pace, { generator, n, dueNs }), dueNs);
          return operationStep(
            step.operation,
            paced(pace, {
              generator: step.next,
              n: n + 1,
              dueNs: Math.max(dueNs, timeNs - pace.latenessNsMax) + pace.intervalNs(n),
            }),
          );
      }
    },
    update: (context, entry) =>
      inform(self, generator, context, entry, (next) => paced(pace, { ...state, generator: next })),
  };
  return self;
}
