/**
 * watch: a watch's events come in order, once, complete, each revision in one piece, and a watch that is resumed misses
 * nothing: the guarantees that etcd gives for its watches.
 *
 * A stretch of a watch begins where it is created or resumed, or after an answer that was lost. Between its first
 * revision, or the one that was asked for, and its last it must have every event that is known: of an acknowledged
 * write, or from another watch.
 */
import type { Operation } from '../../src/core/history/operation.ts';
import type { Claim, Judgement } from '../claims/claim.ts';
import type { Patience } from '../claims/patience.ts';
import { counted } from '../claims/shown.ts';
import { disagreements } from './agreement.ts';
import { stretchesOf } from './answers.ts';
import { knownEvents } from './events.ts';
import { gapsIn, disorderIn } from './stretches.ts';

export const watch: Claim = {
  name: 'watch',
  says: 'events of a watch come in order, once, complete and each revision whole, also when it is resumed',
  reads: ['write', 'watch'],
  objects: 'together',
  judge,
  held: ({ events = 0, watches = 0 }) =>
    `${counted(events, 'event')} in ${watches} watches, in order and complete`,
};

function judge(operations: readonly Operation[], patience: Patience): Judgement {
  const stretches = stretchesOf(operations);
  const events = stretches.flatMap((stretch) => stretch.events);
  const known = knownEvents(operations, events);
  const findings = [
    ...disagreements(operations, events, known),
    ...stretches.flatMap((stretch) => disorderIn(stretch)),
    ...stretches.flatMap((stretch) => gapsIn(stretch, known, patience)),
  ];
  const figures = {
    events: events.length,
    watches: new Set(stretches.map(({ watch }) => watch)).size,
  };
  return events.length === 0
    ? { findings, figures, vacuous: 'no event was seen' }
    : { findings, figures };
}
