/**
 * Whether a member votes for a candidate.
 *
 * Two rules make an elected leader's log complete. A member votes once in a generation: two candidates with a quorum each
 * would share a voter. And it votes only for a log that is at least as new as its own, by the last entry's generation
 * first and by length second. Length alone is wrong:
 *   A leads generation 2 and appends entries 2 3 4 that nobody else gets; B leads generation 3, and its entry 2 is
 *   committed on B and C. If C let A's longer log win, A would overwrite what clients have seen.
 * Source: Ongaro & Ousterhout 2014, §5.2 and §5.4.1.
 */
import type { NodeId } from '../../../src/core/ids.ts';
import type { LogPosition } from '../write-ahead-log/entry.ts';

export interface Candidate {
  readonly node: NodeId;
  readonly last: LogPosition;
}

export interface Voter {
  /** Whom it has voted for in the candidate's generation. */
  readonly votedFor: NodeId | undefined;
  readonly last: LogPosition;
}

export interface Voting {
  /** Whether to vote for the candidate, in its generation, which is the voter's own. */
  grants(candidate: Candidate, voter: Voter): boolean;
  /** Whether it would vote for the candidate in the next generation, in which nobody has voted yet. */
  wouldGrant(candidate: Candidate, voter: Pick<Voter, 'last'>): boolean;
}

export type MakeVoting = typeof voting;

export function voting(): Voting {
  return {
    grants: (candidate, voter) =>
      hasNotVotedForAnother(candidate, voter) && isUpToDate(candidate.last, voter.last),
    wouldGrant: (candidate, voter) => isUpToDate(candidate.last, voter.last),
  };
}

/** Whether its vote in this generation is still to be had, by this candidate. */
export const hasNotVotedForAnother = (candidate: Candidate, voter: Voter): boolean =>
  voter.votedFor === undefined || voter.votedFor === candidate.node;

/** Whether a log that ends at `log` is at least as new as one that ends at `other`. */
export const isUpToDate = (log: LogPosition, other: LogPosition): boolean =>
  log.generation === other.generation
    ? log.index >= other.index
    : log.generation > other.generation;
