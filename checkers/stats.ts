/**
 * stats: every function that was tried succeeded at least once. Counts, for each, what was ok, failed, and is unknown.
 *
 * Stricter than `availability`, which asks for a read and for a change: here a function that never succeeded leaves the
 * verdict unknown, for whatever rests on it was not tested.
 */
import { pair } from '../src/core/history/operation.ts';
import { unknown, valid } from '../src/core/verdict.ts';
import { countOutcomes } from './availability/counts.ts';
import type { NamedChecker } from './spec.ts';

export const stats: NamedChecker = {
  name: 'stats',
  says: 'every function that was tried succeeded at least once',
  spec: { checker: 'stats' },
  check({ history }) {
    const { all, byFunction } = countOutcomes(pair(history.entries).operations);
    const never = [...byFunction].filter(([, { ok }]) => ok === 0).map(([f]) => f);
    const figures = Object.fromEntries(
      [...byFunction].flatMap(([f, { ok, fail, info }]) => [
        [`ok: ${f}`, ok],
        [`fail: ${f}`, fail],
        [`info: ${f}`, info],
      ]),
    );
    const told = [...byFunction].map(([f, { ok, fail, info }]) => `${f} ${ok}/${fail}/${info}`);
    return {
      checker: 'stats',
      verdict: all.ok === 0 || never.length > 0 ? unknown('vacuous') : valid,
      summary:
        all.ok === 0
          ? 'no operation succeeded'
          : never.length > 0
            ? `no ${never.join(' and no ')} succeeded`
            : `ok/fail/info: ${told.join(', ')}`,
      findings: [],
      figures,
    };
  },
};
