/** Wrong on purpose: quorums that need not meet. */
import type { PlantedBugs } from '../planted-bugs.ts';
import { quorumOf, type MakeQuorum } from './quorum.ts';

export const quorumBugs = {
  'half-is-enough': {
    mistake: 'takes half of the members for a quorum (2 of 4, 2 of 5)',
    shows: {
      under: ['partition', 'succession'],
      as: ['not-linearizable', 'committed-entries-agree', 'one-leader-per-generation'],
    },
    part: (members) => quorumOf(members, Math.max(1, Math.floor(members.length / 2))),
  },
} satisfies PlantedBugs<MakeQuorum>;
