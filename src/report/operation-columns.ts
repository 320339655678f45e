/** Operations as packed columns, their texts held once. */
import { packColumn, steps } from './columns.ts';
import { assignLanes } from './lanes.ts';
import type { Life } from './lanes.ts';
import { toUs } from './micros.ts';
import type { OperationColumns, ReportLane } from './model.ts';
import type { ShownOperation } from './shown-operations.ts';
import { textOfLine, textOfValue, textTable } from './text-table.ts';

const outcomeCodes = { ok: 0, fail: 1, info: 2 } as const;

/** The columns and the lanes that they point to. */
export function operationColumns(
  operations: readonly ShownOperation[],
  concurrency: number,
): { columns: OperationColumns; lanes: readonly ReportLane[] } {
  const { place, texts } = textTable();
  const { lanes, laneOf } = assignLanes(livesOf(operations), concurrency);
  const column = (of: (operation: ShownOperation) => number) => packColumn(operations.map(of));
  const columns = {
    count: operations.length,
    invokeIndexSteps: packColumn(steps(operations.map((each) => each.invokeIndex))),
    completeIndexOffsets: column(({ completeIndex, invokeIndex }) =>
      completeIndex === undefined ? 0 : completeIndex - invokeIndex,
    ),
    callUsSteps: packColumn(steps(operations.map((each) => toUs(each.callNs)))),
    durationsUs: column(({ callNs, endNs }) =>
      endNs === undefined ? -1 : toUs(endNs) - toUs(callNs),
    ),
    processes: column((each) => Number(each.process)),
    lanes: column((each) => laneOf.get(Number(each.process))!),
    functions: column((each) => place(textOfLine(each.f, 80))),
    outcomes: column((each) => outcomeCodes[each.outcome]),
    keys: column((each) => (each.key === undefined ? 0 : place(textOfLine(String(each.key), 80)))),
    nodes: column((each) => place(textOfLine(each.node ?? '', 80))),
    inputs: column((each) => place(textOfValue(each.input ?? undefined))),
    results: column((each) => place(resultOf(each))),
    texts,
  };
  return { columns, lanes };
}

const resultOf = ({ outcome, output, error }: ShownOperation): string =>
  outcome === 'ok' ? textOfValue(output) : textOfLine(error ?? '', 160);

function livesOf(operations: readonly ShownOperation[]): Life[] {
  const lives = new Map<number, { process: number; startUs: number; endUs: number }>();
  for (const { process: name, callNs, endNs } of operations) {
    const process = Number(name);
    const endUs = endNs === undefined ? Number.POSITIVE_INFINITY : toUs(endNs);
    const life = lives.get(process);
    if (life === undefined) lives.set(process, { process, startUs: toUs(callNs), endUs });
    else life.endUs = Math.max(life.endUs, endUs);
  }
  return [...lives.values()];
}
