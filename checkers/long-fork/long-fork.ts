/**
 * long-fork: all reads agree on the order in which writes appeared.
 *
 * A read of several keys at one moment that has a's write and not b's says that a's came first. Another that has b's and
 * not a's says the contrary: time has forked, as parallel snapshot isolation allows and snapshot isolation does not (Sovran et al.
 * 2011). It may take more reads than two, over other keys, to go in a circle. Each key is written once.
 */
import type { Operation } from '../../src/core/history/operation.ts';
import type { Finding } from '../../src/core/verdict.ts';
import { circleIn } from '../claims/circles.ts';
import type { Claim, Judgement } from '../claims/claim.ts';
import { violation } from '../claims/findings.ts';
import type { Patience } from '../claims/patience.ts';
import { counted } from '../claims/shown.ts';
import { appearancesIn } from './appearances.ts';
import type { Appearances } from './appearances.ts';

export const longFork: Claim = {
  name: 'long-fork',
  says: 'all reads of several keys agree on the order in which writes appeared',
  reads: ['read', 'write', 'txn'],
  objects: 'together',
  judge,
  held: ({ readsBetweenWrites = 0 }) =>
    `${counted(readsBetweenWrites, 'read')} between writes agree on their order`,
};

interface FirstSeen {
  readonly older: string;
  readonly newer: string;
  readonly read: Operation;
}

function judge(operations: readonly Operation[], patience: Patience): Judgement {
  const { reads, findings } = appearancesIn(operations);
  const telling = reads.filter(({ there, missing }) => there.length > 0 && missing.length > 0);
  const figures = { readsOk: reads.length, readsBetweenWrites: telling.length };
  if (telling.length === 0)
    return { findings, figures, vacuous: 'no read saw one write and not another' };
  const circle = circleIn(ordersIn(telling, patience), patience);
  return {
    findings: circle === undefined ? findings : [...findings, forkFinding(circle)],
    figures,
  };
}

/** Which write was seen before which, each said once. */
function ordersIn(reads: readonly Appearances[], patience: Patience): FirstSeen[] {
  const told = new Map<string, FirstSeen>();
  for (const { operation, there, missing } of reads)
    for (const older of there)
      for (const newer of missing) {
        patience.tick();
        const name = JSON.stringify([older, newer]);
        if (!told.has(name)) told.set(name, { older, newer, read: operation });
      }
  return [...told.values()];
}

function forkFinding(circle: readonly FirstSeen[]): Finding {
  const said = circle.map(({ older, newer }) => `one has ${older} and not yet ${newer}`);
  return violation(
    'long-fork',
    `reads disagree on the order of writes: ${said.join(', ')}`,
    circle.map(({ read }) => read),
  );
}
