/** Whether the schedule of a plan's file is one: whatever is not as it must be is bad data, named by its place. */
import { dataError } from '../core/errors.ts';
import type { Plan } from '../core/plan.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Throws a data error unless the plan has none, or one that can be played; `place` names the file. */
export function checkSchedule(plan: Plan, place: string): void {
  const found: unknown = plan.schedule;
  if (found === undefined) return;
  const refuse = (field: string, what: string) =>
    dataError(`${place}: schedule${field} ${what}`, 'the form of a schedule: results/README.md');
  if (!isObject(found)) throw refuse('', 'is not an object');
  if (typeof found['calm'] !== 'boolean') throw refuse('.calm', 'is neither true nor false');
  if (!Array.isArray(found['operations'])) throw refuse('.operations', 'is not a list');
  let lastNs = 0;
  for (const [at, operation] of (found['operations'] as unknown[]).entries()) {
    const wrong = problemOf(operation, lastNs, plan);
    if (wrong !== undefined) throw refuse(`.operations[${at}]${wrong.field}`, wrong.what);
    lastNs = (operation as { atNs: number }).atNs;
  }
}

interface Problem {
  readonly field: string;
  readonly what: string;
}

function problemOf(found: unknown, lastNs: number, plan: Plan): Problem | undefined {
  if (!isObject(found)) return { field: '', what: 'is not an object' };
  const { atNs, thread, f, key } = found;
  if (!Number.isSafeInteger(atNs) || (atNs as number) < lastNs)
    return {
      field: '.atNs',
      what: `is ${JSON.stringify(atNs)}, not a whole number of nanoseconds, ${lastNs} or later`,
    };
  if (!isThread(thread, plan))
    return {
      field: '.thread',
      what: `is ${JSON.stringify(thread)}: neither one of ${plan.concurrency} client threads nor a nemesis of the plan`,
    };
  if (typeof f !== 'string') return { field: '.f', what: 'is not a text' };
  if (typeof thread === 'string' && f !== 'start' && f !== 'stop')
    return { field: '.f', what: `is ${f}; a nemesis knows start and stop` };
  if (key !== undefined && typeof key !== 'string' && typeof key !== 'number')
    return { field: '.key', what: 'is neither a number nor a text' };
  return undefined;
}

const isThread = (thread: unknown, { concurrency, nemeses }: Plan): boolean =>
  typeof thread === 'number'
    ? Number.isInteger(thread) && thread >= 0 && thread < concurrency
    : nemeses.some((family) => thread === `nemesis:${family}`);

const isObject = (found: unknown): found is Fields =>
  typeof found === 'object' && found !== null && !Array.isArray(found);
