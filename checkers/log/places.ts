/** One record for each offset, one offset for each record, and only records that somebody sent. */
import { addTo } from '../claims/groups.ts';
import type { Operation } from '../../src/core/history/operation.ts';
import type { Finding } from '../../src/core/verdict.ts';
import { violation } from '../claims/findings.ts';
import { shown } from '../claims/shown.ts';
import type { LogOfKey, Poll, PolledRecord, Send } from './records.ts';

/** A value that was sent more than once may stand at more than one offset. */
export function placesOf(key: string, { sends, polls }: LogOfKey): Finding[] {
  const sent = new Map<string, Send[]>();
  for (const send of sends) {
    addTo(sent, JSON.stringify(send.value), send);
  }
  const atOffset = new Map<number, Seen>();
  const ofValue = new Map<string, Seen>();
  const findings = new Map<string, Finding>();
  for (const seen of sightings(sends, polls)) {
    const { name, offset, operation } = seen;
    const other = atOffset.get(offset) ?? seen;
    atOffset.set(offset, other);
    if (other.name !== name) findings.set(`offset ${offset}`, conflicting(key, other, seen));
    const place = ofValue.get(name) ?? seen;
    ofValue.set(name, place);
    const senders = sent.get(name) ?? [];
    if (place.offset !== offset && senders.filter(mayHaveHappened).length <= 1)
      findings.set(`value ${name}`, duplicated(key, place, seen));
    if (!senders.some((send) => explains(send, operation)))
      findings.set(`unexpected ${name}`, unexpected(key, seen, senders));
  }
  return [...findings.values()];
}

interface Seen {
  /** The value's JSON. */
  readonly name: string;
  readonly offset: number;
  readonly operation: Operation;
}

function sightings(sends: readonly Send[], polls: readonly Poll[]): Seen[] {
  const acknowledged = sends.flatMap(({ operation, value, offset }) =>
    offset === undefined ? [] : [{ name: JSON.stringify(value), offset, operation }],
  );
  const polled = polls.flatMap(({ operation, records }) =>
    records.map(({ value, offset }: PolledRecord) => ({
      name: JSON.stringify(value),
      offset,
      operation,
    })),
  );
  return [...acknowledged, ...polled];
}

const mayHaveHappened = ({ operation }: Send): boolean => operation.outcome !== 'fail';

const explains = (send: Send, { completeIndex }: Operation): boolean =>
  mayHaveHappened(send) && send.operation.invokeIndex < completeIndex!;

const conflicting = (key: string, one: Seen, other: Seen): Finding =>
  violation(
    'inconsistent-offset',
    `offset ${one.offset} of ${shown(key)} has the record ${one.name} and the record ${other.name}`,
    [one.operation, other.operation],
  );

const duplicated = (key: string, one: Seen, other: Seen): Finding =>
  violation(
    'duplicated-record',
    `the record ${one.name} of ${shown(key)} was sent once and stands at ${one.offset} and at ${other.offset}`,
    [one.operation, other.operation],
  );

function unexpected(key: string, { name, operation }: Seen, senders: readonly Send[]): Finding {
  const why = senders.some(mayHaveHappened)
    ? 'before it was sent'
    : senders.length > 0
      ? 'although its send failed'
      : 'and nobody ever sent it';
  return violation('unexpected-record', `the record ${name} of ${shown(key)} was polled ${why}`, [
    operation,
    ...senders.map((send) => send.operation),
  ]);
}
