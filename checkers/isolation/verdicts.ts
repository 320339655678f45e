/** What an isolation checker says, once anomalies have been looked for. */
import { invalid, unknown, valid } from '../../src/core/verdict.ts';
import type { CheckResult, Finding, Verdict } from '../../src/core/verdict.ts';
import { cycleOf } from './cycle-finding.ts';
import type { Explain } from './cycle-finding.ts';
import type { Cycle } from './cycles/search.ts';
import type { Oddities, Words } from './findings.ts';
import {
  cycleMeanings,
  cycleNames,
  oddities as oddityMeanings,
  variants,
} from './levels/anomalies.ts';
import type { AnomalyName } from './levels/anomalies.ts';
import { excludedBy, summaryOf } from './levels/levels.ts';
import type { BudgetSpent } from './meter.ts';
import { entriesOf } from './transactions.ts';
import type { Transactions } from './transactions.ts';

/** All that was found before the end, or before the budget was spent. */
export interface Found {
  readonly checker: string;
  readonly level: string;
  readonly txns: Transactions;
  readonly words: Words;
  readonly oddities: Oddities;
  readonly cycles: readonly Cycle[];
  readonly explain: Explain;
  readonly spent: BudgetSpent | undefined;
  /** Keys whose unseen order of versions leaves it open whether the level is kept. */
  readonly open: readonly number[];
  readonly figures: Readonly<Record<string, number>>;
}

/** In the order in which they are told. */
export const anomalyOrder: readonly AnomalyName[] = [
  ...(Object.keys(oddityMeanings) as (keyof typeof oddityMeanings)[]),
  ...variants.flatMap((variant) => cycleNames.map((name) => `${name}${variant}` as const)),
];

/** Nothing that could be judged. */
export const vacuous = (checker: string, transactions: number): CheckResult => ({
  checker,
  verdict: unknown('vacuous'),
  summary: `of ${transactions} transactions none that is known to have happened read anything, so there is nothing to judge`,
  findings: [],
  figures: { transactions },
});

/** The verdict on the level, with all that was found; what a spent budget left undone is never taken for good. */
export function resultOf(found: Found): CheckResult {
  const counts = countsOf(found);
  const anomalyTypes = anomalyOrder.filter((name) => counts.has(name));
  const violates = (name: AnomalyName) => excludedBy([name]).has(found.level);
  const findings = findingsOf(found, violates);
  const violated = anomalyTypes.some(violates);
  const verdict: Verdict = violated
    ? invalid('safety')
    : found.spent !== undefined
      ? unknown('budget')
      : found.open.length > 0
        ? unknown('undecided')
        : valid;
  const isolation = summaryOf(anomalyTypes);
  return {
    checker: found.checker,
    verdict,
    summary: summarySentence(found, verdict, counts, findings, isolation.not),
    findings,
    isolation,
    figures: found.figures,
  };
}

function countsOf({ oddities, cycles }: Found): ReadonlyMap<AnomalyName, number> {
  const counts = new Map<AnomalyName, number>(oddities.counts);
  for (const { name } of cycles) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

/** Of each anomaly the first few; those that the level forbids in front. */
function findingsOf(found: Found, violates: (name: AnomalyName) => boolean): Finding[] {
  const { txns, oddities, cycles, words, explain } = found;
  const kindOf = (name: AnomalyName) => (violates(name) ? 'safety' : 'note');
  const ofOddities = oddities.kept.map(({ name, transactions, says }): Finding => ({
    type: name,
    kind: kindOf(name),
    summary: `${oddityMeanings[name]}: ${says}`,
    entries: transactions.flatMap((t) => entriesOf(txns, t)),
    details: { transactions: transactions.map(words.transaction) },
  }));
  const ofCycles = anomalyOrder
    .flatMap((type) => shortest(cycles.filter(({ name }) => name === type)))
    .map((cycle): Finding => {
      const details = cycleOf(cycle, txns.count, words, explain);
      const nodes = cycle.nodes.filter((node) => node < txns.count);
      const says = details.steps.map((step) => step.says);
      const more = says.length > stepsToldMax ? `; and ${says.length - stepsToldMax} more` : '';
      return {
        type: cycle.name,
        kind: kindOf(cycle.name),
        summary: `${meaningOf(cycle.name)}: ${says.slice(0, stepsToldMax).join('; ')}${more}`,
        entries: nodes.flatMap((t) => entriesOf(txns, t)),
        details,
      };
    });
  const rank = ({ type, kind }: Finding) =>
    anomalyOrder.indexOf(type as AnomalyName) + (kind === 'note' ? anomalyOrder.length : 0);
  return [...ofOddities, ...ofCycles].toSorted((a, b) => rank(a) - rank(b));
}

const shortest = (cycles: readonly Cycle[]): readonly Cycle[] =>
  cycles.toSorted((a, b) => a.nodes.length - b.nodes.length).slice(0, cyclesMax);

const cyclesMax = 3;
const stepsToldMax = 6;
const keysToldMax = 6;

function meaningOf(name: AnomalyName): string {
  const base = cycleNames.find((each) => name === each || name.startsWith(`${each}-`))!;
  const needs = name.endsWith('-process')
    ? ', given the order of each client'
    : name.endsWith('-realtime')
      ? ', given real time'
      : '';
  return cycleMeanings[base] + needs;
}

function summarySentence(
  { level, txns, spent, open, words }: Found,
  verdict: Verdict,
  counts: ReadonlyMap<AnomalyName, number>,
  findings: readonly Finding[],
  not: readonly string[],
): string {
  const told = anomalyOrder
    .filter((name) => counts.has(name))
    .map((name) => `${counts.get(name)} ${name}`)
    .join(', ');
  const ended = spent === undefined ? '' : `; the search is not complete, for ${spent.message}`;
  if (verdict.verdict === 'invalid')
    return `not ${level} (${told}): ${findings[0]!.summary}${ended}`;
  const weaker = not.length === 0 ? '' : `, but not ${not.join(', not ')} (${told})`;
  if (verdict.verdict === 'valid') return `${txns.count} transactions are ${level}${weaker}`;
  if (spent !== undefined)
    return `${spent.message}; until then, nothing that ${level} forbids was found${weaker}`;
  const keys = open.slice(0, keysToldMax).map(words.key).join(', ');
  const others = open.length > keysToldMax ? ` and ${open.length - keysToldMax} more` : '';
  return `nothing that ${level} forbids was found, but that depends on an order of versions that nobody saw, of key ${keys}${others}${weaker}`;
}
