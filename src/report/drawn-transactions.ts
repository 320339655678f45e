/** An anomaly of isolation as a report draws it: its transactions, and the cycle of them where it is one. */
import type { IsolationStep, IsolationTransaction } from '../core/isolation.ts';
import type { Finding } from '../core/verdict.ts';
import type { DrawnTransaction, DrawnTransactions } from './evidence-model.ts';
import type { ShownOperations } from './shown-operations.ts';
import { textOfLine } from './text-table.ts';

const transactionsMax = 40;
const microsMax = 30;

/** Undefined for a finding of something else. */
export function drawnTransactions(
  { details }: Finding,
  shown: ShownOperations,
): DrawnTransactions | undefined {
  const { steps, transactions } = (details ?? {}) as Readonly<Record<string, unknown>>;
  if (isListOf(steps, isStep))
    return drawn(
      steps.map(({ from }) => from),
      steps,
      shown,
    );
  return isListOf(transactions, isTransaction) ? drawn(transactions, [], shown) : undefined;
}

/** A transaction that a cycle passes twice is drawn once. */
function drawn(
  named: readonly IsolationTransaction[],
  steps: readonly IsolationStep[],
  shown: ShownOperations,
): DrawnTransactions {
  const distinct = [...new Map(named.map((each) => [each.invokeIndex, each])).values()];
  const kept = distinct.slice(0, transactionsMax);
  const places = new Map(kept.map(({ invokeIndex }, place) => [invokeIndex, place]));
  return {
    transactions: kept.map((each) => drawnTransaction(each, shown)),
    dependencies: steps.flatMap(({ from, because, key, values = [], says }, at) => {
      const to = steps[(at + 1) % steps.length]!.from;
      const ends = [places.get(from.invokeIndex), places.get(to.invokeIndex)] as const;
      if (ends[0] === undefined || ends[1] === undefined) return [];
      return [
        {
          from: ends[0],
          to: ends[1],
          because,
          key: key === undefined ? undefined : textOfLine(key, 80),
          values: values.map((value) => textOfLine(value, 80)),
          says: textOfLine(says, 600),
        },
      ];
    }),
    transactionsLeftOut: distinct.length - kept.length,
  };
}

const drawnTransaction = (
  { invokeIndex, process, outcome, says }: IsolationTransaction,
  shown: ShownOperations,
): DrawnTransaction => ({
  operation: shown.placeOf(invokeIndex) ?? -1,
  name: `T${invokeIndex}`,
  process: textOfLine(String(process), 40),
  outcome,
  says: microsOf(says),
});

function microsOf(says: string): string[] {
  const all = says.split(' · ');
  const shown = all.slice(0, microsMax).map((micro) => textOfLine(micro, 160));
  return all.length > microsMax ? [...shown, `… ${all.length - microsMax} more`] : shown;
}

const isListOf = <T>(value: unknown, is: (each: unknown) => each is T): value is readonly T[] =>
  Array.isArray(value) && value.length > 0 && value.every(is);

function isStep(value: unknown): value is IsolationStep {
  const { from, because, says } = { ...(value as Partial<IsolationStep> | null) };
  return isTransaction(from) && typeof because === 'string' && typeof says === 'string';
}

function isTransaction(value: unknown): value is IsolationTransaction {
  const { invokeIndex, says } = { ...(value as Partial<IsolationTransaction> | null) };
  return typeof invokeIndex === 'number' && typeof says === 'string';
}
