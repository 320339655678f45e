/** The course of a judgement that all kinds of transactions share, from entries to a verdict, within a budget. */
import type { History } from '../../src/core/history/entry.ts';
import type { Budget } from '../../src/core/seams/checker.ts';
import { unknown } from '../../src/core/verdict.ts';
import type { CheckResult } from '../../src/core/verdict.ts';
import type { Explain } from './cycle-finding.ts';
import type { Components } from './cycles/components.ts';
import { edgeList } from './cycles/graph.ts';
import type { EdgeList, Graph } from './cycles/graph.ts';
import { addProcessEdges, addRealtimeEdges } from './cycles/order-edges.ts';
import { findCycles } from './cycles/search.ts';
import type { Cycle } from './cycles/search.ts';
import { oddityList, wordsOf } from './findings.ts';
import type { Oddities, Words } from './findings.ts';
import { asksForOrder, excludedBy, variantOf } from './levels/levels.ts';
import { BudgetSpent, meterOf } from './meter.ts';
import type { Meter } from './meter.ts';
import { readTransactions } from './read-transactions.ts';
import type { Kind } from './read-transactions.ts';
import { somethingWasRead } from './transactions.ts';
import type { Reads, Transactions } from './transactions.ts';
import { resultOf, vacuous } from './verdicts.ts';
import type { EarlierOf } from './swaps.ts';
import { openKeys } from './whole-orders.ts';
import type { Trial } from './whole-orders.ts';

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
  readonly reads: Reads;
  readonly explain: Explain;
  /** Returns how to find keys of which two versions have no order, as far as that matters where transactions are on common cycles. */
  addDataEdges(edges: EdgeList): (components: Components) => readonly number[];
  /** Whether all that happened has a serial order that respects what the variant says; false if none was found. */
  hasSerialOrder(variant: number): boolean;
  /**
   * The same if versions of unknown order have that of their writers, and besides, as without an order, that which the level implies. Returns who wrote what a version of `to` was taken to follow,
   * for a dependency of `from`; undefined if versions cannot have that order.
   */
  addDataEdgesInOrder(edges: EdgeList, order?: Int32Array): EarlierOf | undefined;
}

/** Of all kinds, where transactions are small; there may be more. */
const edgesPerTransaction = 8;

/** Throws a `data` error for a history that is none of such transactions. */
export function judge(question: Question, history: History, budget: Budget): CheckResult {
  const meter = meterOf(budget);
  try {
    return judgeRead(question, readTransactions(history, question.kind, meter), meter);
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

function judgeRead(question: Question, txns: Transactions, meter: Meter): CheckResult {
  const { checker, level, kind } = question;
  if (!somethingWasRead(txns)) return vacuous(checker, txns.count);
  const words = wordsOf(txns, kind);
  const oddities = oddityList();
  const cycles: Cycle[] = [];
  const found = { checker, level, txns, words, oddities, cycles };
  let explain: Explain = () => ({ says: '' });
  let spent: BudgetSpent | undefined;
  let dependencies = 0;
  let open: readonly number[] = [];
  try {
    meter.stage('looking at reads');
    const inspection = question.inspect({ txns, words, oddities, meter });
    const { known } = inspection;
    explain = inspection.explain;
    meter.stage('looking for dependencies');
    const edges = edgeList(meter, edgesPerTransaction * txns.count);
    const graphOf = (data: EdgeList): Graph => {
      addProcessEdges(txns, known, data);
      return data.toGraph(addRealtimeEdges(txns, known, data, meter));
    };
    const unordered = inspection.addDataEdges(edges);
    dependencies = edges.size;
    const graph = graphOf(edges);
    findCycles(graph, txns.count, meter, (cycle) => cycles.push(cycle));
    const names = [...oddities.counts.keys(), ...cycles.map(({ name }) => name)];
    const tried = (order: Int32Array): Trial | undefined => {
      const data = edgeList(meter, dependencies);
      const earlierOf = inspection.addDataEdgesInOrder(data, order);
      if (earlierOf === undefined) return undefined;
      const then: Cycle[] = [];
      findCycles(graphOf(data), txns.count, meter, (cycle) => then.push(cycle));
      const isForbidden = excludedBy(then.map(({ name }) => name)).has(level);
      return { isForbidden, cycles: then, earlierOf };
    };
    const implied = (): Graph => {
      const data = edgeList(meter, dependencies);
      return inspection.addDataEdgesInOrder(data) === undefined ? graph : graphOf(data);
    };
    if (asksForOrder(level) && !excludedBy(names).has(level))
      open = openKeys(
        graph,
        txns,
        variantOf(level),
        { ...inspection, unordered, implied, tried },
        meter,
      );
  } catch (thrown) {
    if (!(thrown instanceof BudgetSpent)) throw thrown;
    spent = thrown;
  }
  const figures = { transactions: txns.count, dependencies, cycles: cycles.length };
  return resultOf({ ...found, explain, spent, open, figures });
}
