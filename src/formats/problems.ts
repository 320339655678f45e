/**
 * What is wrong with a history file: each named with file and line, all counted.
 *
 * A problem that only *weakens* leaves an operation unknown that was known: a violation among the others stands. One that
 * *misleads* leaves something out: what is left may look wrong where the whole would not, and right where it would not.
 */
import { dataError } from '../core/errors.ts';
import type { DspError } from '../core/errors.ts';

export type Effect = 'weakens' | 'misleads';

export interface Problems {
  readonly count: number;
  readonly misleading: number;
  /** The first of them, as sentences with file and line. */
  readonly first: readonly string[];
}

export const noProblems: Problems = { count: 0, misleading: 0, first: [] };

export interface ProblemLog {
  /** Throws instead where the reader is strict. `problem` begins with file and line. */
  note(problem: DspError, effect: Effect): void;
  /** A part of the file that is no operation at all; too many of them, and the file is of another form. */
  unreadable(problem: DspError): void;
  readonly problems: Problems;
}

/** Empty at first. */
export function problemLog(strict: boolean): ProblemLog {
  const first: string[] = [];
  let count = 0;
  let misleading = 0;
  let unreadable = 0;
  const note = (problem: DspError, effect: Effect): void => {
    if (strict) throw problem;
    count++;
    if (effect === 'misleads') misleading++;
    if (first.length < firstMax) first.push(problem.message);
  };
  return {
    note,
    unreadable(problem) {
      note(problem, 'misleads');
      if (++unreadable > unreadableMax)
        throw dataError(`${problem.message}; so are ${unreadableMax} before it`, problem.hint);
    },
    get problems() {
      return { count, misleading, first };
    },
  };
}

const firstMax = 20;
/** Each may cost a search for where the next operation begins. */
const unreadableMax = 1000;
