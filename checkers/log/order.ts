/** Offsets grow: within an answer, from one send of a process to its next, and, where consumers read alone, from poll to poll. */
import type { ProcessId } from '../../src/core/history/entry.ts';
import type { Operation } from '../../src/core/history/operation.ts';
import type { Finding } from '../../src/core/verdict.ts';
import { violation } from '../claims/findings.ts';
import { shown } from '../claims/shown.ts';
import type { LogOfKey } from './records.ts';

export function disorderOf(
  key: string,
  { sends, polls }: LogOfKey,
  consumersAlone: boolean,
): Finding[] {
  const where = `of ${shown(key)}`;
  const within = polls.flatMap(({ operation, records }) =>
    fallsIn(records.map(({ offset }) => ({ offset, operation }))).map(([before, after]) =>
      violation(
        'unordered-poll',
        `one poll ${where} answers offset ${after.offset} after ${before.offset}`,
        [operation],
      ),
    ),
  );
  const acknowledged = sends.flatMap(({ operation, offset }) =>
    offset === undefined ? [] : [{ offset, operation }],
  );
  const sent = byProcess(acknowledged).flatMap((ofProcess) =>
    fallsIn(ofProcess).map(([before, after]) =>
      violation(
        'unordered-sends',
        `process ${after.operation.process} sent to offset ${before.offset} ${where} and then to ${after.offset}`,
        [before.operation, after.operation],
      ),
    ),
  );
  if (!consumersAlone) return [...within, ...sent];
  // A consumer that had to connect anew begins again at the start.
  const start = polls.flatMap(({ records }) => records).reduce(lowest, Number.POSITIVE_INFINITY);
  const known = polls.filter(({ goesOn }) => goesOn);
  const ends = known.flatMap(({ operation, records }) =>
    [records[0], records.at(-1)].flatMap((record) =>
      record === undefined ? [] : [{ offset: record.offset, operation }],
    ),
  );
  const back = byProcess(ends).flatMap((ofProcess) =>
    fallsIn(ofProcess)
      .filter(([before, after]) => before.operation !== after.operation && after.offset > start)
      .map(([before, after]) =>
        violation(
          'consumer-went-back',
          `process ${after.operation.process} polled offset ${after.offset} ${where} after ${before.offset}`,
          [after.operation, before.operation],
        ),
      ),
  );
  return [...within, ...sent, ...back];
}

interface Placed {
  readonly offset: number;
  readonly operation: Operation;
}

const lowest = (least: number, { offset }: { readonly offset: number }): number =>
  Math.min(least, offset);

/** Neighbours of which the second is not the larger. */
const fallsIn = (placed: readonly Placed[]): [Placed, Placed][] =>
  placed.flatMap((after, i) => {
    const before = placed[i - 1];
    return before === undefined || before.offset < after.offset ? [] : [[before, after]];
  });

function byProcess(placed: readonly Placed[]): Placed[][] {
  const processes = new Map<ProcessId, Placed[]>();
  for (const each of placed) {
    const known = processes.get(each.operation.process);
    if (known === undefined) processes.set(each.operation.process, [each]);
    else known.push(each);
  }
  return [...processes.values()];
}
