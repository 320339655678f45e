/**
 * log: a partitioned log, as Kafka is one. Each offset has one record and each record one offset, no acknowledged record is
 * passed over by all who read, and nothing is read that nobody sent.
 *
 * Offsets may have gaps. A record that nobody polled is lost only if somebody passed over it: polled one before it and
 * one after it in the same answer, or, where consumers read alone, in two that follow each other.
 */
import type { Operation } from '../../src/core/history/operation.ts';
import type { Claim, Judgement } from '../claims/claim.ts';
import { readOptions, yesOrNo } from '../claims/options.ts';
import type { GivenOptions } from '../claims/options.ts';
import type { Patience } from '../claims/patience.ts';
import { counted } from '../claims/shown.ts';
import { passedOver } from './passed-over.ts';
import { disorderOf } from './order.ts';
import { placesOf } from './places.ts';
import { logsIn } from './records.ts';

/**
 * `consumersAlone`: every process reads each key by itself from the start and goes on from where it was, or begins again at
 * the start; no group shares the keys out anew.
 */
export function logFrom(given: GivenOptions): Claim {
  const { consumersAlone = false } = readOptions('log', given, { consumersAlone: yesOrNo });
  return {
    name: 'log',
    says: `every offset has one record, every record one offset, and none that was acknowledged is passed over${consumersAlone ? '; each consumer goes on from where it was' : ''}`,
    reads: ['send', 'poll', 'txn'],
    objects: 'together',
    judge: (operations, patience) => judge(operations, consumersAlone, patience),
    held: ({ recordsAcknowledged = 0, recordsPolled = 0 }) =>
      `${counted(recordsAcknowledged, 'acknowledged record')}, ${recordsPolled} of them polled, each at its own offset`,
  };
}

function judge(
  operations: readonly Operation[],
  consumersAlone: boolean,
  patience: Patience,
): Judgement {
  const byKey = logsIn(operations);
  const polls = [...byKey.values()].flatMap((each) => each.polls);
  const polled = new Set(
    polls.flatMap(({ key, records }) => records.map(({ value }) => JSON.stringify([key, value]))),
  );
  const acknowledged = [...byKey.values()]
    .flatMap(({ sends }) => sends)
    .filter(({ operation }) => operation.outcome === 'ok');
  const figures = {
    recordsAcknowledged: acknowledged.length,
    recordsPolled: acknowledged.filter(({ key, value }) => polled.has(JSON.stringify([key, value])))
      .length,
  };
  const findings = [...byKey].flatMap(([key, log]) =>
    placesOf(key, log).concat(
      disorderOf(key, log, consumersAlone),
      passedOver(key, log, consumersAlone, patience),
    ),
  );
  if (acknowledged.length === 0) return { findings, figures, vacuous: 'no send was acknowledged' };
  return polls.some(({ records }) => records.length > 0)
    ? { findings, figures }
    : { findings, figures, vacuous: 'no record was polled' };
}
