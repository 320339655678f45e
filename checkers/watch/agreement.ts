/** All watches and writes agree on what each revision did to each key, and nothing is seen that nobody wrote. */
import { addTo } from '../claims/groups.ts';
import type { Operation } from '../../src/core/history/operation.ts';
import type { Finding } from '../../src/core/verdict.ts';
import { violation } from '../claims/findings.ts';
import { writtenEvents } from './events.ts';
import type { KnownEvents, WatchEvent } from './events.ts';

/** A finding for each event that another contradicts, or nobody wrote. */
export function disagreements(
  operations: readonly Operation[],
  seen: readonly WatchEvent[],
  known: KnownEvents,
): Finding[] {
  const writes = new Map<string, Operation[]>();
  for (const operation of operations) {
    if (operation.f !== 'write') continue;
    addTo(
      writes,
      nameOf(String(operation.key), JSON.stringify(operation.input ?? null)),
      operation,
    );
  }
  const contradicted = [...writtenEvents(operations), ...seen].flatMap((event) =>
    disagreement(event, known.get(event.revision)!.get(event.key)!),
  );
  const strange = seen.flatMap((event) =>
    unexpected(event, writes.get(nameOf(event.key, event.value)) ?? []),
  );
  return [...contradicted, ...strange];
}

const nameOf = (key: string, value: string): string => JSON.stringify([key, value]);

function disagreement(event: WatchEvent, known: WatchEvent): Finding[] {
  if (event.value === known.value) return [];
  const { revision, key } = event;
  const summary = `revision ${revision} gave ${key} the value ${known.value}, and the value ${event.value}`;
  return [violation('inconsistent-event', summary, [event.operation, known.operation])];
}

function unexpected(
  { revision, key, value, operation }: WatchEvent,
  writes: readonly Operation[],
): Finding[] {
  const explains = writes.some(
    ({ outcome, invokeIndex }) => outcome !== 'fail' && invokeIndex < operation.completeIndex!,
  );
  if (explains) return [];
  const summary = `a watch saw ${value} written to ${key} at revision ${revision}, and nobody had written it`;
  return [violation('unexpected-event', summary, [operation, ...writes])];
}
