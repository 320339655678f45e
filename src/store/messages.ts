/**
 * `messages.jsonl`: the messages that a simulated run's network carried around a finding, in the order of their sending.
 *
 * Only a runtime that is the network can tell them all, so the file is absent for every other, and no verdict rests on
 * it. A line that is no message, as one that was cut off, is passed over.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HostId } from '../core/ids.ts';
import { runFiles } from './run-folder.ts';

export interface Message {
  /** True time since the run's origin, as a history's `timeNs`. */
  readonly sentNs: number;
  /** Null for a message that never arrived: its link was cut, its connection closed, its receiver dead. */
  readonly arrivedNs: number | null;
  readonly from: HostId;
  readonly to: HostId;
  /** The frame's kind, `append`. */
  readonly kind: string;
  /** What else is worth saying of it, `generation 3, index 12`; may be empty. */
  readonly text: string;
}

/** Complete or not there: a reader never sees half of them. `messages` are in the order of their sending. */
export function writeMessages(folder: string, messages: readonly Message[]): void {
  const path = join(folder, runFiles.messages);
  writeFileSync(`${path}.tmp`, messages.map(lineOf).join(''));
  renameSync(`${path}.tmp`, path);
}

/** The messages of the run in `folder`, in the order of their sending; undefined where it has no such file. */
export function readMessages(folder: string): readonly Message[] | undefined {
  const path = join(folder, runFiles.messages);
  if (!existsSync(path)) return undefined;
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap(messageOfLine)
    .toSorted((a, b) => a.sentNs - b.sentNs);
}

/** Field by field, so that the file has the documented fields and no others. */
const lineOf = ({ sentNs, arrivedNs, from, to, kind, text }: Message): string =>
  `${JSON.stringify({ sentNs, arrivedNs, from, to, kind, text })}\n`;

function messageOfLine(line: string): Message[] {
  try {
    const read: unknown = JSON.parse(line);
    return isMessage(read) ? [read] : [];
  } catch {
    return [];
  }
}

function isMessage(read: unknown): read is Message {
  const { sentNs, arrivedNs, from, to, kind, text } = { ...(read as Partial<Message> | null) };
  const inTime = (timeNs: unknown) => typeof timeNs === 'number' && Number.isFinite(timeNs);
  return (
    inTime(sentNs) &&
    (arrivedNs === null || (inTime(arrivedNs) && arrivedNs! >= sentNs!)) &&
    [from, to, kind, text].every((each) => typeof each === 'string')
  );
}
