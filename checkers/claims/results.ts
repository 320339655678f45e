/** What a claim's checker says once its objects are judged. A violation is hidden by nothing, an object left undone by no good one. */
import type { Key } from '../../src/core/history/entry.ts';
import { invalid, unknown, valid } from '../../src/core/verdict.ts';
import type { CheckResult, Finding } from '../../src/core/verdict.ts';
import type { Claim, Figures, Judgement } from './claim.ts';

export interface JudgedObject {
  readonly key: Key | undefined;
  readonly judgement: Judgement;
}

/** `count` is how many objects there were to judge; fewer were when the budget ended. */
export function resultOf(
  { name, held }: Pick<Claim, 'name' | 'held'>,
  judged: readonly JudgedObject[],
  count: number,
): CheckResult {
  const findings = judged.flatMap(keyedFindings);
  const violations = findings.filter(({ kind }) => kind !== 'note');
  const empty = judged.filter(({ judgement }) => judgement.vacuous !== undefined);
  const figures = figuresOf(judged, count, empty.length);
  const result = { checker: name, findings: firstOfEach(findings), figures };
  const [violation] = violations;
  if (violation !== undefined) {
    const more = violations.length > 1 ? ` (and ${violations.length - 1} more)` : '';
    return { ...result, verdict: invalid('safety'), summary: `${violation.summary}${more}` };
  }
  if (judged.length < count) {
    const summary = `the budget ended with ${judged.length} of ${count} objects judged`;
    return { ...result, verdict: unknown('budget'), summary };
  }
  if (empty.length === judged.length) {
    const summary = empty[0]?.judgement.vacuous ?? 'no client did anything';
    return { ...result, verdict: unknown('vacuous'), summary };
  }
  const left = empty.length > 0 ? `; ${empty.length} of ${count} keys could not be judged` : '';
  return { ...result, verdict: valid, summary: `${held(figures)}${left}` };
}

function keyedFindings({ key, judgement }: JudgedObject): Finding[] {
  return judgement.findings.map((finding) =>
    key === undefined ? finding : { ...finding, summary: `key ${key}: ${finding.summary}` },
  );
}

/** Of each type the first few, violations in front: a report of a thousand lost elements says no more than one of ten. */
function firstOfEach(findings: readonly Finding[]): Finding[] {
  const seen = new Map<string, number>();
  const kept = findings.filter(({ type }) => {
    const before = seen.get(type) ?? 0;
    seen.set(type, before + 1);
    return before < findingsPerTypeMax;
  });
  return kept.toSorted((a, b) => Number(a.kind === 'note') - Number(b.kind === 'note'));
}

const findingsPerTypeMax = 5;

function figuresOf(judged: readonly JudgedObject[], count: number, empty: number): Figures {
  const figures: Record<string, number> = {};
  for (const { judgement } of judged)
    for (const [name, value] of Object.entries(judgement.figures)) {
      const before = figures[name] ?? 0;
      figures[name] = name.endsWith('Max') ? Math.max(before, value) : before + value;
    }
  return { ...figures, objects: count, objectsNotJudged: count - judged.length + empty };
}
