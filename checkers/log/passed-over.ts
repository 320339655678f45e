/** Records that a consumer passed over: it polled one before and one after. Those that nobody polled at all are lost. */
import type { ProcessId } from '../../src/core/history/entry.ts';
import type { Operation } from '../../src/core/history/operation.ts';
import type { Finding } from '../../src/core/verdict.ts';
import { violation } from '../claims/findings.ts';
import type { Patience } from '../claims/patience.ts';
import { shown } from '../claims/shown.ts';
import type { LogOfKey, Poll } from './records.ts';

/**
 * Where consumers share the keys of a group, one may pass over what another has polled, and what another has polled
 * in an answer that was lost; then only what is missing inside one answer counts.
 */
export function passedOver(
  key: string,
  { sends, polls }: LogOfKey,
  consumersAlone: boolean,
  patience: Patience,
): Finding[] {
  const polled = new Map<number, Operation>();
  for (const { operation, records } of polls)
    for (const { offset } of records) if (!polled.has(offset)) polled.set(offset, operation);
  const acknowledged = new Map<number, Operation>();
  for (const { operation, offset } of sends)
    if (offset !== undefined) acknowledged.set(offset, operation);
  const known = [...new Set([...polled.keys(), ...acknowledged.keys()])].toSorted((a, b) => a - b);
  const findings = new Map<number, Finding>();
  for (const { after, before, operation } of gapsIn(polls, consumersAlone)) {
    for (let i = firstAbove(known, after); i < known.length && known[i]! < before; i++) {
      patience.tick();
      const offset = known[i]!;
      const others = [acknowledged.get(offset), polled.get(offset)].filter(
        (each) => each !== undefined,
      );
      const evidence = [operation, ...others];
      if (!polled.has(offset)) findings.set(offset, lost(key, offset, evidence));
      else if (!findings.has(offset)) findings.set(offset, skipped(key, offset, evidence));
    }
  }
  return [...findings.values()];
}

/** Nothing was polled between the two offsets. */
interface Gap {
  readonly after: number;
  readonly before: number;
  readonly operation: Operation;
}

function gapsIn(polls: readonly Poll[], consumersAlone: boolean): Gap[] {
  const gaps: Gap[] = [];
  const places = new Map<ProcessId, number>();
  for (const { operation, process, goesOn, records } of polls) {
    const isKnown = consumersAlone && goesOn;
    let after = isKnown ? (places.get(process) ?? Number.NEGATIVE_INFINITY) : undefined;
    for (const { offset } of records) {
      if (after !== undefined && offset > after + 1)
        gaps.push({ after, before: offset, operation });
      after = offset;
    }
    if (after !== undefined) places.set(process, after);
  }
  return gaps;
}

function firstAbove(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

const lost = (key: string, offset: number, evidence: readonly Operation[]): Finding =>
  violation(
    'lost-record',
    `the record at offset ${offset} of ${shown(key)} was acknowledged, passed over, and polled by nobody`,
    evidence,
  );

const skipped = (key: string, offset: number, evidence: readonly Operation[]): Finding =>
  violation(
    'skipped-record',
    `the record at offset ${offset} of ${shown(key)} was passed over by one consumer and polled by another`,
    evidence,
  );
