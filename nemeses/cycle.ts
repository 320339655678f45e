/**
 * The rhythm of one nemesis: calm, a fault, its healing, calm again, for ever. Durations and draws come from the seed
 * by the cycle's number alone, so the same seed gives the same faults in the same order; how long a start or a stop
 * takes to be carried out only moves what follows it.
 */
import type { Random } from '../src/core/random.ts';
import type { Generator } from '../src/core/seams/generator.ts';
import type { Stability } from '../src/core/seams/nemesis.ts';
import { nsPerSecond } from '../src/core/time.ts';

export interface Cycle {
  readonly random: Random;
  readonly stability: Stability;
  /** What the n-th fault is: the value of its `start`. */
  draw(random: Random): unknown;
}

/** Emits `start` with what was drawn, later `stop`, and so on. */
export const cycle = (options: Cycle): Generator => turn(options, 0, 'calm', undefined);

type Part = 'calm' | 'fault';

/** `sinceNs`: when this part began; undefined until the generator is first asked. */
function turn(options: Cycle, ordinal: number, part: Part, sinceNs: number | undefined): Generator {
  const { random, stability } = options;
  return {
    step(context) {
      const beganNs = sinceNs ?? context.timeNs;
      const bounds = part === 'calm' ? stability.calmSeconds : stability.faultSeconds;
      const dueNs =
        beganNs + secondsBetween(bounds, random.fork(`${part}/${ordinal}`)) * nsPerSecond;
      if (context.timeNs < dueNs || context.free.length === 0) {
        return { kind: 'pending', untilNs: dueNs, next: turn(options, ordinal, part, beganNs) };
      }
      return part === 'calm'
        ? {
            kind: 'operation',
            operation: { f: 'start', value: options.draw(random.fork(`fault/${ordinal}`)) },
            next: turn(options, ordinal, 'fault', undefined),
          }
        : {
            kind: 'operation',
            operation: { f: 'stop', value: null },
            next: turn(options, ordinal + 1, 'calm', undefined),
          };
    },
    update(_context, entry) {
      const completed = typeof entry.process === 'string' && entry.type !== 'invoke';
      return completed ? turn(options, ordinal, part, entry.timeNs) : this;
    },
  };
}

const secondsBetween = ([min, max]: readonly [number, number], random: Random): number =>
  min + (max - min) * random.fraction();
