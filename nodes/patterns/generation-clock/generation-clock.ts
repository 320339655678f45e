/**
 * Generation Clock: numbers the leaders' reigns, so that what a deposed leader still says is known to be old.
 *
 * The generation stands on every message and on every log entry. It never goes back, restarts included, so it is durable
 * before it is used: a node that forgot it could vote again in a generation in which it has voted, and two leaders would
 * share one. The vote belongs to the generation and is kept with it. Callers do not overlap calls that change it: the
 * update queue sees to that.
 */
import type { NodeId } from '../../../src/core/ids.ts';
import type { Env } from '../../sdk/env.ts';
import { readBallot, writeBallot, type Ballot } from './ballot-file.ts';
import type { Generation } from './generation.ts';

/** How the generation that a message carries compares with this node's own. */
export type Age = 'older' | 'current' | 'newer';

export interface GenerationClock {
  readonly current: Generation;
  /** Whom this node voted for in the current generation. */
  readonly votedFor: NodeId | undefined;
  /** What is older is refused; what is newer is entered before anything else is done with it. */
  ageOf(generation: Generation): Age;
  /** Moves on to a newer generation; resolves when that is durable. */
  enter(generation: Generation): Promise<void>;
  /** Votes in the current generation; resolves when that is durable. */
  vote(candidate: NodeId): Promise<void>;
  /** Moves on to a newer generation and votes in it, in one step. */
  enterAndVote(generation: Generation, candidate: NodeId): Promise<void>;
}

export type OpenGenerationClock = typeof openGenerationClock;

export async function openGenerationClock(
  env: Pick<Env, 'files' | 'trace'>,
): Promise<GenerationClock> {
  const kept = await readBallot(env.files);
  return generationClock(env, kept, (ballot) => writeBallot(env.files, ballot));
}

/** A clock that begins with what was kept, and keeps every change before it is used. */
export function generationClock(
  env: Pick<Env, 'trace'>,
  kept: Ballot,
  keep: (ballot: Ballot) => Promise<void>,
  compare: (seen: Generation, own: Generation) => Age = ageOf,
): GenerationClock {
  let ballot = kept;
  const change = async (next: Ballot): Promise<void> => {
    await keep(next);
    const entered = next.generation !== ballot.generation;
    ballot = next;
    const { generation, votedFor } = next;
    if (entered) env.trace('generation-entered', { generation });
    if (votedFor !== undefined) env.trace('vote-granted', { generation, to: votedFor });
  };
  env.trace('generation-entered', { generation: kept.generation });
  return {
    get current() {
      return ballot.generation;
    },
    get votedFor() {
      return ballot.votedFor;
    },
    ageOf: (generation) => compare(generation, ballot.generation),
    enter: (generation) => change({ generation, votedFor: undefined }),
    vote: (candidate) => change({ ...ballot, votedFor: candidate }),
    enterAndVote: (generation, candidate) => change({ generation, votedFor: candidate }),
  };
}

/** The age of a generation that was seen, for a node that is in `own`. */
export function ageOf(seen: Generation, own: Generation): Age {
  if (seen === own) return 'current';
  return seen < own ? 'older' : 'newer';
}
