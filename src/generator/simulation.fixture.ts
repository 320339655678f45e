/** What the tests of generators share: short ways to run one and to say what came out. */
import { isDeepStrictEqual } from 'node:util';
import type { Entry } from '../core/history/entry.ts';
import { seededRandom } from '../core/random.ts';
import type { Random } from '../core/random.ts';
import { fail, info, ok } from '../core/seams/client.ts';
import type { Generator, OperationSpec, Step } from '../core/seams/generator.ts';
import { nsPerMs, nsPerSecond } from '../core/time.ts';
import { constant, fromFunction } from './operations.ts';
import { simulate } from './simulate.ts';
import type { Answer, Simulated, Simulation } from './simulate.ts';

export const random = seededRandom('generator-tests');

export const op = (f: string, value: unknown = null): OperationSpec => ({ f, value });

/** `f` for ever, with values 0, 1, 2 … */
export const counted = (f: string): Generator => fromFunction(random, (_, n) => op(f, n));

export const forever = (f: string): Generator => constant(op(f));

/** Runs it, on three client threads if not told otherwise. */
export const run = (generator: Generator, options: Partial<Simulation> = {}): Simulated =>
  simulate({ clientThreads: 3, ...options, generator });

export const invocations = ({ history }: Simulated): Entry[] =>
  history.entries.filter((entry) => entry.type === 'invoke');

/** The functions invoked, in order. */
export const functions = (simulated: Simulated): string =>
  invocations(simulated)
    .map((entry) => entry.f)
    .join(' ');

export const secondsOf = (entry: Entry): number => entry.timeNs / nsPerSecond;

/** Answers of any kind after anything from 0 to 100 ms, often all at once. */
export function moodyAnswer(operation: OperationSpec, random: Random): Answer {
  const latencyNs = random.pick([0, 1, random.integer(0, 100 * nsPerMs)]);
  const completion = random.pick([ok(operation.value), ok(1), fail('refused'), info('timeout')]);
  return { latencyNs, completion };
}

/** The same generator, which throws should asking it twice give two answers. */
export function askedTwice(generator: Generator): Generator {
  return {
    step(context) {
      const [first, second] = [generator.step(context), generator.step(context)];
      if (!isDeepStrictEqual(said(first), said(second)))
        throw new Error(`asked twice: ${JSON.stringify([said(first), said(second)])}`);
      return first.kind === 'done' ? first : { ...first, next: askedTwice(first.next) };
    },
    update: (context, entry) => askedTwice(generator.update(context, entry)),
  };
}

const said = (step: Step) =>
  step.kind === 'operation' ? step.operation : step.kind === 'pending' ? step.untilNs : step.kind;
