/** Wrong on purpose: each is a whole part with the one classic mistake that its name states. */
import type { PlantedBugs } from '../planted-bugs.ts';
import { noEntry, type LogIndex } from '../write-ahead-log/entry.ts';
import type { Reconcile } from './conflicting-suffix.ts';
import { heldByQuorum, highWaterMarkBy, type MakeHighWaterMark } from './high-water-mark.ts';

export const highWaterMarkBugs = {
  'max-instead-of-majority': {
    mistake: 'moves the mark to the furthest member instead of the quorum',
    // A killed leader's last messages still arrive; one that is cut off or sleeps shows what nobody else gets.
    shows: {
      under: ['partition', 'pause', 'succession'],
      as: ['not-linearizable', 'committed-entries-agree'],
    },
    part: () => highWaterMarkBy((durable) => durable.reduce(furthest, noEntry)),
  },
  'commit-older-generation': {
    mistake: 'counts copies of entries of older generations (figure 8)',
    // The leader must fall in the moment between two of its own appends, the older entries' and its first one's; so they
    // must not travel together. See the worked example.
    shows: {
      under: ['succession'],
      as: ['not-linearizable', 'committed-entries-agree'],
      options: { 'batch-entries-max': '1' },
    },
    part: (quorumSize) => highWaterMarkBy((durable) => heldByQuorum(durable, quorumSize)),
  },
} satisfies PlantedBugs<MakeHighWaterMark>;

/** Followers that do not give up what the leader never had. */
export const conflictingSuffixBugs = {
  'keep-conflicting-suffix': {
    mistake: "keeps a follower's own entries where the leader sends other ones",
    shows: {
      under: ['partition', 'pause', 'succession'],
      as: ['committed-entries-agree', 'not-linearizable'],
    },
    part: (log, sent) => ({
      cutFrom: undefined,
      append: sent.filter(({ index }) => index > log.last.index),
    }),
  },
} satisfies PlantedBugs<Reconcile>;

const furthest = (a: LogIndex, b: LogIndex): LogIndex => (a > b ? a : b);
