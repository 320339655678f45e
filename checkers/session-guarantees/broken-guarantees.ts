/** What the promised guarantees cannot explain: what each alone cannot, or, where each alone can, the fewest of them together. */
import type { Finding } from '../../src/core/verdict.ts';
import { violation } from '../claims/findings.ts';
import type { Patience } from '../claims/patience.ts';
import { circleIn } from '../claims/circles.ts';
import type { Guarantee } from './guarantees.ts';
import type { Precedence } from './precedences.ts';

/** A finding for each set of promised guarantees that is broken, smallest sets first and none that holds another. */
export function findingsOf(
  precedences: readonly Precedence[],
  promised: readonly Guarantee[],
  patience: Patience,
): Finding[] {
  const circleOf = (kept: readonly Guarantee[]) =>
    circleIn(
      precedences.filter(({ by }) => by === undefined || kept.includes(by)),
      patience,
    );
  if (circleOf(promised) === undefined) return [];
  const broken: (readonly Guarantee[])[] = [];
  const findings: Finding[] = [];
  for (const kept of subsetsOf(promised)) {
    if (broken.some((smaller) => smaller.every((each) => kept.includes(each)))) continue;
    const circle = circleOf(kept);
    if (circle === undefined) continue;
    broken.push(kept);
    findings.push(findingOf(kept, circle));
  }
  return findings;
}

/** The empty one first: compare-and-sets alone may contradict each other. */
const subsetsOf = <T>(all: readonly T[]): (readonly T[])[] =>
  Array.from({ length: 2 ** all.length }, (_, choice) =>
    all.filter((_, place) => (choice >> place) % 2 === 1),
  ).toSorted((a, b) => a.length - b.length);

function findingOf(kept: readonly Guarantee[], circle: readonly Precedence[]): Finding {
  const [only, ...others] = kept;
  const type =
    only === undefined ? 'circular-versions' : others.length === 0 ? only : 'session-guarantees';
  const name = kept.length === 0 ? 'what was there' : kept.join(' and ');
  const said = circle.flatMap(({ says }) => (says === undefined ? [] : [says]));
  const evidence = new Set(circle.flatMap((each) => each.evidence));
  return violation(
    type,
    `no order of versions explains ${name}: ${said.join(', ')}`,
    [...evidence].toSorted((a, b) => b.invokeIndex - a.invokeIndex),
  );
}
