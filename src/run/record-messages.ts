/**
 * The messages of a simulated run around what was found in it. All of a run's would be far more than its history, and
 * nobody knows beforehand where something will be found. But the run can be made again: so it is, and this time what its
 * network carries at those moments is written down.
 */
import type { History } from '../core/history/entry.ts';
import type { HostId } from '../core/ids.ts';
import type { Plan } from '../core/plan.ts';
import { nsPerMs } from '../core/time.ts';
import type { Traced } from '../core/trace.ts';
import type { Finding } from '../core/verdict.ts';
import type { Passage } from '../../nodes/sdk/memory/network.ts';
import { describeFrame } from '../runtimes/sim/describe-frame.ts';
import { writeMessages, type Message } from '../store/messages.ts';
import { readHistory } from '../store/read-history.ts';
import type { Systems } from './plan.ts';
import { simulate } from './simulate.ts';

/** Of time before and after each piece of evidence. */
const airNs = 300 * nsPerMs;
const messagesMax = 50_000;

/** Writes `messages.jsonl` into the run's folder; nothing where the findings rest on no moment. */
export async function recordMessages(
  folder: string,
  plan: Plan,
  systems: Systems,
  findings: readonly Finding[],
): Promise<void> {
  if (findings.every(({ kind }) => kind === 'note')) return;
  const history = readHistory(folder);
  const moments = findings.flatMap((finding) => momentsOf(finding, history));
  if (moments.length === 0) return;
  const messages: Message[] = [];
  await simulate(plan, systems, {
    onPassage(passage) {
      if (isOfInterest(passage, moments) && messages.length < messagesMax)
        messages.push(messageOf(passage));
    },
  });
  writeMessages(
    folder,
    messages.toSorted((a, b) => a.sentNs - b.sentNs),
  );
}

/** In time since the run's origin. Notes are no evidence. */
function momentsOf(
  { kind, entries, details }: Finding,
  { header, entries: all }: History,
): number[] {
  if (kind === 'note') return [];
  const { events = [] } = (details ?? {}) as { readonly events?: readonly Traced[] };
  return [
    ...entries.flatMap((index) => all[index]?.timeNs ?? []),
    ...events.map(({ timeNs }) => timeNs - header.originNs),
  ];
}

/** What the controller asks and is told is no part of the run's story. */
function isOfInterest({ from, to, sentMs }: Passage, moments: readonly number[]): boolean {
  if (from === 'controller' || to === 'controller') return false;
  const sentNs = sentMs * nsPerMs;
  return moments.some((moment) => Math.abs(sentNs - moment) <= airNs);
}

const messageOf = ({ from, to, sentMs, arrivedMs, frame }: Passage): Message => ({
  sentNs: Math.round(sentMs * nsPerMs),
  arrivedNs: arrivedMs === undefined ? null : Math.round(arrivedMs * nsPerMs),
  from: from as HostId,
  to: to as HostId,
  ...describeFrame(frame),
});
