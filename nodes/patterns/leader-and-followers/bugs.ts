/** Wrong on purpose: votes and leaders with one classic mistake each. */
import type { PlantedBugs } from '../planted-bugs.ts';
import { leadership, type MakeLeadership } from './leadership.ts';
import { hasNotVotedForAnother, isUpToDate, type MakeVoting } from './voting.ts';

export const votingBugs = {
  'vote-twice-in-generation': {
    mistake: 'votes for every candidate of a generation that asks',
    shows: { under: ['pause', 'kill', 'partition'], as: ['one-leader-per-generation'] },
    part: () => ({
      grants: (candidate, voter) => isUpToDate(candidate.last, voter.last),
      wouldGrant: (candidate, voter) => isUpToDate(candidate.last, voter.last),
    }),
  },
  'ignore-log-in-vote': {
    mistake: "votes for a candidate whatever is in the candidate's log",
    shows: {
      under: ['succession', 'kill', 'partition'],
      as: ['not-linearizable', 'committed-entries-agree'],
    },
    part: () => ({ grants: hasNotVotedForAnother, wouldGrant: () => true }),
  },
} satisfies PlantedBugs<MakeVoting>;

/** Leaders that do not find out that they lead no more. */
export const leadershipBugs = {
  'stale-leader-reads': {
    mistake: 'takes itself for the leader until told otherwise, and reads without asking a quorum',
    // A killed leader answers nobody; one that is cut off or has slept does, and does not know better.
    shows: { under: ['partition', 'pause', 'succession'], as: ['not-linearizable'] },
    part: (env, options) => ({
      ...leadership(env, options),
      confirm: (confirmed) => confirmed(),
      isFollowed: () => true,
    }),
  },
} satisfies PlantedBugs<MakeLeadership>;
