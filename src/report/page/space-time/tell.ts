/** What the parts of a diagram say in words: to the pointer, to the keyboard and to screen readers. */
import type { ReportFault } from '../../model.ts';
import type { DrawnEvent, DrawnMessage, Outage, SpaceTime } from '../../space-time/model.ts';
import { duration, moment } from '../format.ts';
import type { Call } from './calls.ts';

const at = (us: number) => moment(us, 1);

/** Its kind and its ends, what else it says, and when. */
export function tellMessage(
  { lifelines, kinds }: SpaceTime,
  { from, to, kind, text, sentUs, arrivedUs }: DrawnMessage,
): string[] {
  return [
    `${kinds[kind]!.name}: ${lifelines[from]} → ${lifelines[to]}`,
    ...(text === '' ? [] : [text]),
    `sent ${at(sentUs)}`,
    arrivedUs === null
      ? 'never arrived'
      : `arrived ${at(arrivedUs)}, after ${duration(arrivedUs - sentUs)}`,
  ];
}

/** Who said what and when, and whether the finding rests on it. */
export const tellEvent = ({ node, event, says, timeUs, evidence }: DrawnEvent): string[] => [
  `${node}: ${event}`,
  ...(says === '' ? [] : [says]),
  `at ${at(timeUs)}`,
  ...(evidence ? ['the finding rests on it'] : []),
];

const parts = {
  evidence: 'part of the evidence',
  supporting: 'only shows where a value may have come from',
  blocked: 'cannot take effect',
} as const;

/** Who asked what, what became of it, and what part it plays in the finding. */
export const tellCall = ({ client, says, callUs, endUs, outcome, part }: Call): string[] => [
  `client ${client}: ${says}`,
  `${outcome}, ${parts[part]}`,
  `from ${at(callUs)} to ${at(endUs)}, ${duration(endUs - callUs)}`,
];

/** What it was, whether it is proved to have been in force, and when. */
export const tellFault = ({ family, label, outcome, startUs, endUs }: ReportFault): string[] => [
  `${family}: ${label}`,
  outcome,
  `from ${at(startUs)} to ${at(endUs)}`,
];

/** Who was down, how, and when. */
export const tellOutage = ({ node, how, startUs, endUs }: Outage): string[] => [
  `${node} is ${how}`,
  `from ${at(startUs)} to ${at(endUs)}`,
];
