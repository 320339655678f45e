/**
 * What a leader must prove before it speaks as one: that a quorum still follows it.
 *
 * A leader that is cut off, or that slept, does not know that it was deposed. Two members to the other side of a
 * partition elect a third and accept writes; a read answered from the old leader's own state is stale. So
 *   - a read waits until a quorum has answered a round of beats that began after the read came (read index, Raft §6.4 of
 *     Ongaro's thesis): no newer leader can have committed anything before that round began;
 *   - a leader that has not been answered by a quorum for an election timeout steps down.
 * Answers to an earlier round prove nothing for a later read: they may have been under way before the cut.
 */
import type { NodeId } from '../../../src/core/ids.ts';
import type { Env, MonotonicTimeMs } from '../../sdk/env.ts';

export interface Leadership {
  /** Begins a round: beats go to all followers. Called at every heartbeat; in between a read that waits begins one. */
  beginRound(): void;
  /** A follower has answered the beat of this round, in this leader's generation. */
  answered(follower: NodeId, round: number): void;
  /** Calls back once a quorum has answered a round that began after this call. Forgotten when the leader steps down. */
  confirm(confirmed: () => void): void;
  /** Whether a quorum, the leader included, has answered within the last `timeoutMs`. */
  isFollowed(timeoutMs: number): boolean;
}

export interface LeadershipOptions {
  readonly followers: readonly NodeId[];
  readonly quorumSize: number;
  /** `isRegular` where the beat is a heartbeat's, and not a read's. */
  readonly beat: (round: number, isRegular: boolean) => void;
}

export type MakeLeadership = typeof leadership;

export function leadership(
  env: Pick<Env, 'monotonicNow'>,
  { followers, quorumSize, beat }: LeadershipOptions,
): Leadership {
  const heard = new Map(followers.map((id) => [id, { round: 0, at: env.monotonicNow() }]));
  let begun = 0;
  let confirmedRound = 0;
  let waiting: { readonly round: number; readonly confirmed: () => void }[] = [];

  const begin = (isRegular: boolean): void => {
    begun++;
    beat(begun, isRegular);
    release();
  };
  const release = (): void => {
    const rounds = [...heard.values()].map(({ round }) => round);
    confirmedRound = reachedByQuorum([begun, ...rounds], quorumSize);
    const confirmed = waiting.filter(({ round }) => round <= confirmedRound);
    waiting = waiting.filter(({ round }) => round > confirmedRound);
    for (const each of confirmed) each.confirmed();
    if (waiting.length > 0 && begun === confirmedRound) begin(false);
  };

  return {
    beginRound: () => begin(true),
    answered(follower, round) {
      const before = heard.get(follower);
      if (before === undefined) return;
      heard.set(follower, { round: Math.max(before.round, round), at: env.monotonicNow() });
      release();
    },
    confirm(confirmed) {
      waiting.push({ round: begun + 1, confirmed });
      // A round under way began before this call; the next begins when that one is answered, for all who wait by then.
      if (begun === confirmedRound) begin(false);
    },
    isFollowed(timeoutMs) {
      const times = [...heard.values()].map(({ at }) => at);
      const since = reachedByQuorum([env.monotonicNow(), ...times], quorumSize);
      return env.monotonicNow() - (since as MonotonicTimeMs) <= timeoutMs;
    },
  };
}

/** The value that a quorum of the members has reached: the quorum's last one from the furthest down. */
const reachedByQuorum = (values: readonly number[], quorumSize: number): number =>
  values.toSorted((a, b) => b - a)[quorumSize - 1] ?? 0;
