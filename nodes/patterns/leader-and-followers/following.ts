/**
 * A member as follower: makes its log the leader's, and shows of it what the leader's mark covers.
 *
 * The mark travels on beats too, and a beat says nothing about the follower's log. So the follower keeps up to where its
 * log is verified to be this generation's leader's, and never goes beyond: behind it may stand entries of an older
 * leader, at indexes that the mark covers, which are not the ones that were agreed on.
 */
import { logIndex, noEntry, type LogIndex } from '../write-ahead-log/entry.ts';
import { mismatchHint, shares } from './back-up.ts';
import type { Membership } from './membership.ts';
import type { Append, Appended, Beat, Mismatched } from './messages.ts';

export interface Following<Command> {
  /** Takes the entries, durably, and says up to where the logs agree now. Changes the log: one at a time. */
  append(message: Append<Command>): Promise<Appended | Mismatched>;
  beat(message: Beat): void;
  /** Another generation has begun: nothing of its leader's log is known. */
  forgetLeader(): void;
}

/** What a follower needs of its member. */
export type FollowersParts<Command> = Pick<
  Membership<Command>,
  'log' | 'committed' | 'generations' | 'reconcile'
>;

export function following<Command>(member: FollowersParts<Command>): Following<Command> {
  const { log, committed, generations, reconcile } = member;
  let verified = noEntry;
  const follow = (leadersMark: LogIndex): void =>
    committed.follow(leadersMark, verified, generations.current);
  return {
    async append({ before, entries, mark }) {
      const generation = generations.current;
      if (!shares(log, before))
        return { kind: 'mismatched', generation, hint: mismatchHint(log, before) };
      const { cutFrom, append } = reconcile(log, entries);
      if (cutFrom !== undefined) {
        verified = logIndex(Math.min(verified, cutFrom - 1));
        await log.cutFrom(cutFrom);
      }
      for (const entry of append) log.append(entry.generation, entry.command);
      await log.sync();
      const matched = logIndex(before.index + entries.length);
      verified = logIndex(Math.max(verified, matched));
      follow(mark);
      return { kind: 'appended', generation, matched };
    },
    beat: ({ mark }) => follow(mark),
    forgetLeader: () => void (verified = noEntry),
  };
}
