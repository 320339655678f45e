/**
 * The parts that a node is composed of, and the bugs that can be planted in place of each. Where a part stands in a socket
 * of its own, its right form and its wrong ones are made by the same call.
 */
import { usageError } from '../../src/core/errors.ts';
import { nearestHint } from '../../src/core/nearest.ts';
import type { BugInfo } from '../../src/core/seams/system.ts';
import { generationClockBugs } from '../patterns/generation-clock/bugs.ts';
import { openGenerationClock } from '../patterns/generation-clock/generation-clock.ts';
import { conflictingSuffixBugs, highWaterMarkBugs } from '../patterns/high-water-mark/bugs.ts';
import { reconcile } from '../patterns/high-water-mark/conflicting-suffix.ts';
import { highWaterMark } from '../patterns/high-water-mark/high-water-mark.ts';
import { idempotentReceiverBugs } from '../patterns/idempotent-receiver/bugs.ts';
import { idempotentReceiver } from '../patterns/idempotent-receiver/idempotent-receiver.ts';
import { leadershipBugs, votingBugs } from '../patterns/leader-and-followers/bugs.ts';
import { leadership } from '../patterns/leader-and-followers/leadership.ts';
import { voting } from '../patterns/leader-and-followers/voting.ts';
import type { PlantedBug } from '../patterns/planted-bugs.ts';
import { quorumBugs } from '../patterns/quorum/bugs.ts';
import { quorum } from '../patterns/quorum/quorum.ts';
import { requestWaitingListBugs } from '../patterns/request-waiting-list/bugs.ts';
import { requestWaitingList } from '../patterns/request-waiting-list/request-waiting-list.ts';
import { writeAheadLogBugs } from '../patterns/write-ahead-log/bugs.ts';
import { openWriteAheadLog } from '../patterns/write-ahead-log/log.ts';

const rightParts = {
  openWriteAheadLog,
  quorum,
  openGenerationClock,
  voting,
  leadership,
  highWaterMark,
  reconcile,
  requestWaitingList,
  idempotentReceiver,
};

/** One part for every socket. */
export type Parts = typeof rightParts;

/** By socket: the pattern that names its bugs, and the bugs. */
const sockets = {
  openWriteAheadLog: { pattern: 'write-ahead-log', bugs: writeAheadLogBugs },
  quorum: { pattern: 'quorum', bugs: quorumBugs },
  openGenerationClock: { pattern: 'generation-clock', bugs: generationClockBugs },
  voting: { pattern: 'leader-and-followers', bugs: votingBugs },
  leadership: { pattern: 'leader-and-followers', bugs: leadershipBugs },
  highWaterMark: { pattern: 'high-water-mark', bugs: highWaterMarkBugs },
  reconcile: { pattern: 'high-water-mark', bugs: conflictingSuffixBugs },
  requestWaitingList: { pattern: 'request-waiting-list', bugs: requestWaitingListBugs },
  idempotentReceiver: { pattern: 'idempotent-receiver', bugs: idempotentReceiverBugs },
} satisfies {
  [Socket in keyof Parts]: {
    readonly pattern: string;
    readonly bugs: Readonly<Record<string, PlantedBug<Parts[Socket]>>>;
  };
};

interface Plantable {
  readonly socket: keyof Parts;
  readonly info: BugInfo;
  readonly part: unknown;
}

const plantable: readonly Plantable[] = Object.entries(sockets).flatMap(
  ([socket, { pattern, bugs }]) =>
    Object.entries<PlantedBug<unknown>>(bugs).map(([name, { mistake, shows, part }]) => ({
      socket: socket as keyof Parts,
      info: { id: `${pattern}/${name}`, mistake, shows },
      part,
    })),
);

/** Every bug that can be planted in this system. */
export const plantedBugs: readonly BugInfo[] = plantable.map(({ info }) => info);

/** The right parts, each replaced by the planted bug that was asked for; throws a usage error for one that is not known. */
export function partsWith(bugs: readonly string[]): Parts {
  const planted = new Map<keyof Parts, Plantable>();
  for (const id of bugs) {
    const bug = plantable.find(({ info }) => info.id === id);
    if (bug === undefined) {
      const known = plantedBugs.map((each) => each.id);
      throw usageError(`--bug: ${id} is not known`, nearestHint(id, known));
    }
    const other = planted.get(bug.socket);
    if (other !== undefined && other !== bug)
      throw usageError(`--bug: ${id} and ${other.info.id} replace the same part; plant one`);
    planted.set(bug.socket, bug);
  }
  const wrong = Object.fromEntries([...planted].map(([socket, { part }]) => [socket, part]));
  return { ...rightParts, ...wrong };
}
