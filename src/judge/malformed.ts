/**
 * What a verdict is worth when the history's file was not all right.
 *
 * An operation that became unknown takes constraints away: a violation that is there without it is there. One that was
 * left out may be the very write that a read saw, and then what is left looks wrong and is not. So a violation counts
 * as long as nothing was left out; and that nothing was found counts only where the file has no problem at all.
 */
import { combine, unknown } from '../core/verdict.ts';
import type { Finding, Verdict } from '../core/verdict.ts';
import type { Problems } from '../formats/problems.ts';

export interface Trusted {
  readonly verdict: Verdict;
  /** Why it is not what was judged, or no sentence. */
  readonly note: readonly string[];
}

/** What may be said of a history that was judged as far as it could be read. */
export function trusted(judged: Verdict, torn: boolean, problems: Problems): Trusted {
  const notes = [
    ...(torn ? ['the last line of the history was cut off'] : []),
    ...(problems.count > 0 ? [malformed(problems)] : []),
  ];
  if (judged.verdict === 'invalid' && problems.misleading > 0)
    return {
      verdict: unknown('torn'),
      note: [...notes, 'what was left out may explain the violation that is left'],
    };
  const incomplete = torn || problems.count > 0 ? [unknown('torn')] : [];
  return { verdict: combine([judged, ...incomplete]), note: notes };
}

/** The first problem, and how many more there are. */
export function malformed({ count, first }: Problems): string {
  return count === 1 ? first[0]! : `${first[0]!} (and ${count - 1} more like it)`;
}

/** Problems as findings, so that they stand wherever findings do. */
export function notesOf({ count, first }: Problems): Finding[] {
  const more = count - first.length;
  const summaries = more > 0 ? [...first, `${more} more problems of the file are not told`] : first;
  return summaries.map((summary) => ({
    type: 'malformed-history',
    kind: 'note',
    summary,
    entries: [],
  }));
}
