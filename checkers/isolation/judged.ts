/** The course of a judgement that all kinds of transactions share, from entries to a verdict, within a budget. */
import type { History } from '../../src/core/history/entry.ts';
import type { Budget } from '../../src/core/seams/checker.ts';
import { unknown } from '../../src/core/verdict.ts';
import type { CheckResult } from '../../src/core/verdict.ts';
import type { Explain } from './cycle-finding.ts';
import { edgeList } from './cycles/graph.ts';
import type { EdgeList } from './cycles/graph.ts';
import { addProcessEdges, addRealtimeEdges } from './cycles/order-edges.ts';
import { findCycles } from './cycles/search.ts';
import type { Cycle } from './cycles/search.ts';
import { oddityList, wordsOf } from './findings.ts';
import type { Oddities, Words } from './findings.ts';
import { BudgetSpent, meterOf } from './meter.ts';
import type { Meter } from './meter.ts';
import { readTransactions } from './read-transactions.ts';
import type { Kind } from './read-transactions.ts';
import { somethingWasRead } from './transactions.ts';
import type { Transactions } from './transactions.ts';
import { resultOf, vacuous } from './verdicts.ts';

/** What is asked of a kind of transactions. */
export interface Question {
  readonly checker: string;
  readonly level: string;
  readonly kind: Kind;
  /** Finds what single reads show, and gets ready for dependencies. */
  inspect(tools: Tools): Inspection;
}

export interface Tools {
  readonly txns: Transactions;
  readonly words: Words;
  readonly oddities: Oddities;
  readonly meter: Meter;
}

export interface Inspection {
  /** 1 for a transaction that is known to have happened. */
  readonly known: Uint8Array;
  readonly explain: Explain;
  addDataEdges(edges: EdgeList): void;
}

/** Throws a `data` error for a history that is none of such transactions. */
export function judge(question: Question, { entries }: History, budget: Budget): CheckResult {
  const meter = meterOf(budget);
  try {
    return judgeRead(question, readTransactions(entries, question.kind, meter), entries, meter);
  } catch (thrown) {
    if (!(thrown instanceof BudgetSpent)) throw thrown;
    return {
      checker: question.checker,
      verdict: unknown('budget'),
      summary: thrown.message,
      findings: [],
    };
  }
}

function judgeRead(
  question: Question,
  txns: Transactions,
  entries: History['entries'],
  meter: Meter,
): CheckResult {
  const { checker, level, kind } = question;
  if (!somethingWasRead(txns)) return vacuous(checker, txns.count);
  const words = wordsOf(txns, entries, kind);
  const oddities = oddityList();
  const cycles: Cycle[] = [];
  let inspection: Inspection | undefined;
  let spent: BudgetSpent | undefined;
  let dependencies = 0;
  try {
    meter.stage('looking at reads');
    inspection = question.inspect({ txns, words, oddities, meter });
    meter.stage('looking for dependencies');
    const edges = edgeList(meter, 4 * txns.count);
    inspection.addDataEdges(edges);
    dependencies = edges.size;
    addProcessEdges(txns, inspection.known, edges);
    const nodes = addRealtimeEdges(txns, inspection.known, entries, edges, meter);
    findCycles(edges.toGraph(nodes), txns.count, meter, (cycle) => cycles.push(cycle));
  } catch (thrown) {
    if (!(thrown instanceof BudgetSpent)) throw thrown;
    spent = thrown;
  }
  const explain = inspection?.explain ?? (() => ({ says: '' }));
  const figures = { transactions: txns.count, dependencies, cycles: cycles.length };
  return resultOf({ checker, level, txns, words, oddities, cycles, explain, spent, figures });
}
