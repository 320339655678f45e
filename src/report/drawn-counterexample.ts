/** A finding that something is not linearizable, as a report draws it. Lists are bounded; what is left out is counted. */
import type {
  CounterexampleOperation,
  LinearizabilityCounterexample,
  PartialLinearization,
} from '../core/counterexample.ts';
import type { Finding } from '../core/verdict.ts';
import type { DrawnCounterexample, DrawnOperation, DrawnPartial } from './evidence-model.ts';
import type { ShownOperations } from './shown-operations.ts';
import { textOfLine } from './text-table.ts';

const operationsMax = 300;
const partialsMax = 30;

/** The finding's counterexample, if it has one. */
export function counterexampleOf(finding: Finding): LinearizabilityCounterexample | undefined {
  if (finding.type !== 'not-linearizable') return undefined;
  const details = finding.details as LinearizabilityCounterexample | undefined;
  return Array.isArray(details?.operations) && Array.isArray(details.partials)
    ? details
    : undefined;
}

/** Of many operations, those around the one that cannot return, which is always among those drawn. */
export function drawnCounterexample(
  counterexample: LinearizabilityCounterexample,
  shown: ShownOperations,
): DrawnCounterexample {
  const { model, key, operations, initial, partials, blocked, smallest } = counterexample;
  const last = operations.findIndex((operation) => operation.invokeIndex === blocked);
  const from = Math.max(0, Math.min(last - operationsMax + 1, operations.length - operationsMax));
  const kept = operations.slice(from, from + operationsMax);
  const places = new Map(kept.map((operation, i) => [operation.invokeIndex, i]));
  return {
    model: textOfLine(model, 80),
    key: key === undefined ? undefined : textOfLine(String(key), 80),
    operations: kept.map((operation) => drawnOperation(operation, shown)),
    initial: initial === undefined ? undefined : textOfLine(initial, 160),
    partials: partials
      .map(({ order, states, stuck = [{ invokeIndex: blocked, why: unexplained }] }) => ({
        order,
        states,
        stuck,
      }))
      .filter(({ stuck }) => places.has(stuck[0]!.invokeIndex))
      .slice(0, partialsMax)
      .map((partial) => drawnPartial(partial, places)),
    exhaustive: counterexample.exhaustive !== false,
    blocked: places.get(blocked) ?? -1,
    smallest,
    operationsLeftOut: operations.length - kept.length,
  };
}

/** Times are those of the report's history, which may have been given some. */
function drawnOperation(
  { invokeIndex, process, callNs, returnNs, outcome, says, supporting }: CounterexampleOperation,
  { shown, placeOf }: ShownOperations,
): DrawnOperation {
  const operation = placeOf(invokeIndex) ?? -1;
  const known = shown[operation];
  return {
    operation,
    process: textOfLine(String(process), 40),
    callNs: known?.callNs ?? callNs,
    returnNs: returnNs === undefined ? undefined : (known?.endNs ?? returnNs),
    outcome,
    says: textOfLine(says, 160),
    supporting: supporting === true,
  };
}

/** Verdicts of dsp 0.1 do not say why. */
const unexplained = 'cannot take effect here';

function drawnPartial(
  { order, states, stuck }: Required<PartialLinearization>,
  places: ReadonlyMap<number, number>,
): DrawnPartial {
  return {
    steps: order.flatMap((invokeIndex, i) => {
      const place = places.get(invokeIndex);
      const state = textOfLine(states[i] ?? '?', 160);
      return place === undefined ? [] : [{ number: i + 1, place, state }];
    }),
    stuck: stuck.flatMap(({ invokeIndex, why }) => {
      const place = places.get(invokeIndex);
      return place === undefined ? [] : [{ place, why: textOfLine(why, 400) }];
    }),
  };
}
