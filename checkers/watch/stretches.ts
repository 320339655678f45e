/** One stretch of a watch: its events in order, once, each revision in one answer, and none missing in between. */
import type { Finding } from '../../src/core/verdict.ts';
import { violation } from '../claims/findings.ts';
import type { Patience } from '../claims/patience.ts';
import type { KnownEvents } from './events.ts';
import type { Stretch } from './answers.ts';

/** What is out of place by itself, whatever others saw. */
export function disorderIn({ watch, from, events }: Stretch): Finding[] {
  const seen = new Set<string>();
  return events.flatMap((event, i) => {
    const { revision, key, operation } = event;
    const before = events[i - 1];
    const name = JSON.stringify([revision, key]);
    const isRepeated = seen.has(name);
    seen.add(name);
    const where = `watch ${watch} has revision ${revision}`;
    if (from !== undefined && revision < from)
      return [violation('event-before-start', `${where}, though it began at ${from}`, [operation])];
    if (isRepeated)
      return [violation('repeated-event', `${where} of ${key} more than once`, [operation])];
    if (before === undefined || revision > before.revision) return [];
    const evidence = [operation, before.operation];
    if (revision < before.revision)
      return [violation('unordered-event', `${where} after ${before.revision}`, evidence)];
    return before.operation === operation
      ? []
      : [violation('split-revision', `${where} in two answers`, evidence)];
  });
}

/** Every event that is known between its begin and its last must be there. */
export function gapsIn(stretch: Stretch, known: KnownEvents, patience: Patience): Finding[] {
  const { watch, from, events } = stretch;
  const [first] = events;
  if (first === undefined) return [];
  const revisions = events.map(({ revision }) => revision);
  const begin = from ?? first.revision;
  const end = revisions.reduce((a, b) => Math.max(a, b));
  const seen = new Set(events.map(({ revision, key }) => JSON.stringify([revision, key])));
  const findings: Finding[] = [];
  for (const [revision, ofRevision] of known) {
    if (revision < begin || revision > end) continue;
    for (const { key, operation } of ofRevision.values()) {
      patience.tick();
      if (stretch.key !== undefined && stretch.key !== key) continue;
      if (seen.has(JSON.stringify([revision, key]))) continue;
      const after = events.find((event) => event.revision >= revision)!;
      const summary = `watch ${watch} goes from ${begin} to ${end} and has not revision ${revision} of ${key}`;
      findings.push(violation('missing-event', summary, [after.operation, operation]));
    }
  }
  return findings;
}
