/** What the report of a run and that of a history file have in common. */
import { isClient, isNemesis } from '../core/history/entry.ts';
import type { Entry } from '../core/history/entry.ts';
import { describeVerdict } from '../core/verdict.ts';
import type { CheckResult } from '../core/verdict.ts';
import { toUs } from './micros.ts';
import type { Fact, ReportCheck, TimeRange } from './model.ts';
import { textOfFact, textOfLine } from './text-table.ts';

export const textOfMaybe = (text: string | undefined) =>
  text === undefined ? undefined : textOfLine(text);

/** Both bounded in length, and visible. */
export const fact = (name: string, value: unknown): Fact => ({
  name: textOfLine(name, 80),
  value: textOfFact(value),
});

/** From the first operation or fault to the last entry, with a little air before. */
export function rangeOf(entries: readonly Entry[]): TimeRange {
  const first = entries.find((entry) => isClient(entry.process) || isNemesis(entry.process));
  const endUs = toUs(entries.at(-1)?.timeNs ?? 0);
  const startUs = toUs(first?.timeNs ?? 0);
  return {
    startUs: Math.max(0, startUs - Math.round((endUs - startUs) / 100)),
    endUs: Math.max(endUs, startUs + 1),
  };
}

/** What it found of isolation levels stands among its figures. */
export const reportCheck = (check: CheckResult): ReportCheck => ({
  checker: textOfLine(check.checker, 80),
  verdict: check.verdict.verdict,
  says: textOfLine(describeVerdict(check.verdict), 80),
  summary: textOfLine(check.summary, 2000),
  figures: [
    ...levels('does not keep', check.isolation?.not),
    ...levels('so neither', check.isolation?.alsoNot),
    ...Object.entries(check.figures ?? {}).map(([name, value]) => fact(name, value)),
  ],
});

const levels = (name: string, excluded: readonly string[] = []): Fact[] =>
  excluded.length === 0 ? [] : [fact(name, excluded)];
