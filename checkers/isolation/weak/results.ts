/** What the checker of weak levels says: the findings in words, and which of its levels they exclude. */
import type { IsolationCycle, IsolationStep } from '../../../src/core/isolation.ts';
import { invalid, unknown, valid } from '../../../src/core/verdict.ts';
import type { CheckResult, Finding, Verdict } from '../../../src/core/verdict.ts';
import { kinds } from '../cycles/graph.ts';
import type { Oddities, Words } from '../findings.ts';
import { oddities as oddityMeanings } from '../levels/anomalies.ts';
import type { BudgetSpent } from '../meter.ts';
import { entriesOf, lastItem, mopKinds } from '../transactions.ts';
import type { Transactions } from '../transactions.ts';
import type { Circle } from './commits.ts';
import { cycleOf, excludes, weakLevels } from './levels.ts';
import type { WeakAnomaly, WeakLevel } from './levels.ts';

export interface WeakFound {
  readonly checker: string;
  readonly level: WeakLevel;
  readonly txns: Transactions;
  readonly words: Words;
  readonly oddities: Oddities;
  /** Of the weakest level that has any. */
  readonly circles: ReadonlyMap<WeakLevel, readonly Circle[]>;
  readonly spent: BudgetSpent | undefined;
}

export function weakResult(found: WeakFound): CheckResult {
  const { checker, level, txns, oddities, circles, spent } = found;
  const present = new Set<string>([
    ...oddities.counts.keys(),
    ...Array.from(circles.keys(), cycleOf),
  ]);
  const anomalyTypes = (Object.keys(excludes) as WeakAnomaly[]).filter((name) => present.has(name));
  const rankOf = (each: WeakLevel) => weakLevels.indexOf(each);
  const weakest = Math.min(...anomalyTypes.map((name) => rankOf(excludes[name])));
  const verdict: Verdict =
    weakest <= rankOf(level) ? invalid('safety') : spent === undefined ? valid : unknown('budget');
  const findings = findingsOf(found);
  const ended = spent === undefined ? '' : `; ${spent.message}`;
  const weaker = Number.isFinite(weakest) ? `, but not ${weakLevels[weakest]!}` : '';
  return {
    checker,
    verdict,
    summary:
      verdict.verdict === 'invalid'
        ? `not ${level}: ${findings[0]!.summary}${ended}`
        : verdict.verdict === 'valid'
          ? `${txns.count} transactions are ${level}${weaker}`
          : `${spent!.message}; until then, nothing that ${level} forbids was found`,
    findings,
    isolation: {
      anomalyTypes,
      not: weakLevels.slice(weakest, weakest + 1),
      alsoNot: weakLevels.slice(weakest + 1),
    },
    figures: { transactions: txns.count },
  };
}

function findingsOf({ level, txns, words, oddities, circles }: WeakFound): Finding[] {
  const kindOf = (name: WeakAnomaly) =>
    weakLevels.indexOf(excludes[name]) <= weakLevels.indexOf(level) ? 'safety' : 'note';
  const ofOddities = oddities.kept.map(({ name, transactions, says }): Finding => ({
    type: name,
    kind: kindOf(name as WeakAnomaly),
    summary: `${oddityMeanings[name]}: ${says}`,
    entries: transactions.flatMap((t) => entriesOf(txns, t)),
    details: { transactions: transactions.map(words.transaction) },
  }));
  const ofCircles = [...circles].flatMap(([each, some]) =>
    some.map((circle): Finding => {
      const details = drawn(circle, txns, words);
      const readers = circle.because.flatMap((because) =>
        because === undefined ? [] : [because.reader],
      );
      const nodes = circle.nodes.filter((node) => node < txns.count);
      return {
        type: cycleOf(each),
        kind: kindOf(cycleOf(each)),
        summary: `no order of commits explains what was read: ${details.steps.map(({ says }) => says).join('; ')}`,
        entries: [...new Set([...nodes, ...readers])].flatMap((t) => entriesOf(txns, t)),
        details,
      };
    }),
  );
  const isNote = ({ kind }: Finding) => (kind === 'note' ? 1 : 0);
  return [...ofOddities, ...ofCircles].toSorted((a, b) => isNote(a) - isNote(b));
}

function drawn(circle: Circle, txns: Transactions, words: Words): IsolationCycle {
  const { nodes } = circle;
  // The one before all others, which wrote what is read as nothing, is no transaction that could be drawn.
  const places = [...nodes.keys()].filter((at) => nodes[at]! < txns.count);
  const steps = places.map((at, place): IsolationStep => {
    const from = nodes[at]!;
    const to = nodes[(at + 1) % nodes.length]!;
    const drawnTo = nodes[places[(place + 1) % places.length]!]!;
    const ends = { from: words.transaction(from), to: words.transaction(drawnTo) };
    const because = circle.because[at];
    if (because !== undefined)
      return Object.assign(ends, inference(txns, words, from, to, because));
    if (circle.kinds[at] === kinds.wr) return Object.assign(ends, readFrom(txns, words, from, to));
    const says = `one client did ${words.name(from)} before ${words.name(to)}`;
    return Object.assign(ends, { because: 'process' as const, says });
  });
  return { steps };
}

type Evidence = Omit<IsolationStep, 'from' | 'to'>;

function readFrom(
  txns: Transactions,
  { name, key, value }: Words,
  from: number,
  to: number,
): Evidence {
  const mop = readBy(txns, to, from);
  const [of, read] = [key(txns.mopKey[mop]!), value(lastItem(txns, mop))];
  const says = `${name(to)} read ${read} of key ${of}, which ${name(from)} wrote`;
  return { because: 'wr', key: of, values: [read], says };
}

function inference(
  txns: Transactions,
  { name, key, value }: Words,
  from: number,
  to: number,
  because: NonNullable<Circle['because'][number]>,
): Evidence {
  const { reader } = because;
  const of = key(because.key);
  if (to === txns.count) {
    const says = `${name(reader)} read nothing of key ${of}, though ${name(from)}, which wrote it, came before`;
    return { because: 'commit', key: of, values: ['nothing'], says };
  }
  const read = value(lastItem(txns, readBy(txns, reader, to, because.key)));
  const says = `${name(reader)} came after ${name(from)}, which wrote key ${of}, and read ${read} of it from ${name(to)}, which is therefore the later`;
  return { because: 'commit', key: of, values: [read], says };
}

/** The first read of a transaction that is from another, of one key if that is said. */
function readBy(txns: Transactions, reader: number, from: number, key?: number): number {
  for (let mop = txns.first[reader]!; mop < txns.first[reader + 1]!; mop++) {
    const item = txns.mopKind[mop] === mopKinds.read ? lastItem(txns, mop) : -1;
    if (item < 0 || txns.writer[item] !== from) continue;
    if (key === undefined || txns.mopKey[mop] === key) return mop;
  }
  throw new Error('an edge of the graph has no evidence');
}
