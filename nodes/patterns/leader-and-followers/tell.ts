/** Says something to another member, now or never, with the generation on it. */
import type { NodeId } from '../../../src/core/ids.ts';
import type { Membership } from './membership.ts';
import type { BeatAnswer, Outdated, VoteAnswer, VoteRequest } from './messages.ts';

/** What is said now or never, before the generation is put on it. */
export type Saying =
  | Omit<VoteRequest, 'generation'>
  | Omit<VoteAnswer, 'generation'>
  | Omit<BeatAnswer, 'generation'>
  | Omit<Outdated, 'generation'>;

export function tell<Command>(member: Membership<Command>, to: NodeId, saying: Saying): void {
  member.send(to, { ...saying, generation: member.generations.current }, 'now');
}
