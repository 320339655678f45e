/**
 * Elections: how a member runs for the leader's place, and how it votes for another.
 *
 * A member that suspects the leader first canvasses: would a quorum vote for it? Only then does it begin a new generation
 * and stand, so that a member that was cut off, and comes back, does not depose a leader that everybody else hears
 * (pre-vote, Ongaro's thesis §9.6). Voting and standing change the generation or the vote and are called in turn.
 */
import type { NodeId } from '../../../src/core/ids.ts';
import { nextGeneration } from '../generation-clock/generation.ts';
import type { Membership } from './membership.ts';
import type { VoteAnswer, VoteRequest } from './messages.ts';
import { tell } from './tell.ts';

/** The role of a member that runs: who would vote for it, or did. */
export interface Candidacy {
  readonly kind: 'candidate';
  readonly stage: 'canvass' | 'vote';
  readonly votes: Set<NodeId>;
}

/** What an election needs of the member that holds it. */
export interface Seat {
  /** Whether there is a leader, this member itself or one that it has heard of late. */
  hearsLeader(): boolean;
  run(candidacy: Candidacy): void;
  lead(): void;
  /** It has voted, and gives the candidate its time. */
  voted(): void;
}

export interface Elections {
  /** Asks all whether they would vote for this member. */
  canvass(): Promise<void>;
  /** Counts an answer, of this candidacy or a stale one. */
  count(candidacy: Candidacy, from: NodeId, answer: VoteAnswer): Promise<void>;
  /** Votes for the candidate, or not, and says so when that is durable. */
  vote(candidate: NodeId, request: VoteRequest): Promise<void>;
  /** Says whether it would vote for the candidate; changes nothing. */
  answerCanvass(candidate: NodeId, request: VoteRequest): void;
}

export function elections<Command>(member: Membership<Command>, seat: Seat): Elections {
  const { env, generations, log, others, quorum, voting } = member;

  /** Runs with its own vote; asks the others, unless that is enough. */
  const run = async (stage: Candidacy['stage'], won: () => void | Promise<void>): Promise<void> => {
    const votes = new Set([env.node]);
    seat.run({ kind: 'candidate', stage, votes });
    if (quorum.isMet(votes)) return won();
    const kind = stage === 'canvass' ? 'canvass' : 'vote-request';
    for (const to of others) tell(member, to, { kind, last: log.last });
  };
  const stand = async (): Promise<void> => {
    await generations.enterAndVote(nextGeneration(generations.current), env.node);
    await run('vote', () => seat.lead());
  };

  return {
    canvass: () => run('canvass', stand),
    async count({ stage, votes }, from, { kind, granted }) {
      const isOfThisStage = (kind === 'vote-answer') === (stage === 'vote');
      if (!granted || !isOfThisStage) return;
      votes.add(from);
      if (quorum.isMet(votes)) await (stage === 'canvass' ? stand() : seat.lead());
    },
    async vote(candidate, { last }) {
      const { votedFor } = generations;
      const granted = voting.grants({ node: candidate, last }, { votedFor, last: log.last });
      if (granted) seat.voted();
      if (granted && votedFor !== candidate) await generations.vote(candidate);
      tell(member, candidate, { kind: 'vote-answer', granted });
    },
    answerCanvass(candidate, { last }) {
      const would = voting.wouldGrant({ node: candidate, last }, { last: log.last });
      tell(member, candidate, { kind: 'canvass-answer', granted: would && !seat.hearsLeader() });
    },
  };
}
