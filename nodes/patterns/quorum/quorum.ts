/**
 * Quorum: so many members that any two quorums share one; what a quorum holds, the next quorum will find.
 *
 * It is a majority of the members that the cluster was configured with, whoever can be reached. Counting only those in
 * reach is wrong: cut five members into two and three, and the two, counting two, agree among themselves while the three
 * agree on something else. Half is wrong too: of four members two and two would both be enough.
 */
import { majorityOf, type NodeId } from '../../../src/core/ids.ts';

export interface Quorum {
  /** How many members it takes. */
  readonly size: number;
  /** Whether these are enough; whoever is no member, or comes twice, does not count. */
  isMet(by: Iterable<NodeId>): boolean;
}

export type MakeQuorum = typeof quorum;

export function quorum(members: readonly NodeId[]): Quorum {
  return quorumOf(members, majorityOf(members.length));
}

/** A quorum of the given size, which the caller must have chosen well. */
export function quorumOf(members: readonly NodeId[], size: number): Quorum {
  const known = new Set(members);
  return { size, isMet: (by) => known.intersection(new Set(by)).size >= size };
}
