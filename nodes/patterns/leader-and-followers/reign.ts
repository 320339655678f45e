/**
 * A member as leader, from its election to its end: one generation's reign.
 *
 * It begins with an entry of its own. Until that is committed the leader does not know what older generations committed,
 * so reads wait for it; then a read waits for the proof that a quorum still follows, and is answered from the state as it
 * is at that moment, which is no older than when the read came.
 */
import type { NodeId } from '../../../src/core/ids.ts';
import type { Generation } from '../generation-clock/generation.ts';
import type { LogIndex } from '../write-ahead-log/entry.ts';
import type { Leadership } from './leadership.ts';
import type { Membership } from './membership.ts';
import type { Append, Beat, MismatchHint } from './messages.ts';
import { replication, type Replication } from './replication.ts';

export interface Read {
  /** The state may be read now. */
  readonly confirmed: () => void;
  /** It will not be: the reign has ended. */
  readonly abandoned: () => void;
}

export class Reign<Command> {
  readonly kind = 'leader';
  readonly generation: Generation;
  readonly #member: Membership<Command>;
  readonly #leadership: Leadership;
  readonly #replication: Replication;
  /** The entry that this reign began with. */
  readonly #first: LogIndex;
  readonly #reads = new Set<Read>();
  #readsBeforeFirst: Read[] = [];

  /** Called in turn: appends the first entry. */
  constructor(member: Membership<Command>) {
    const { env, log, others, quorum, generations, limits } = member;
    const generation = generations.current;
    this.generation = generation;
    this.#member = member;
    this.#replication = replication(env, {
      log,
      followers: others,
      batch: limits.batch,
      answerMsMax: limits.answerMsMax,
      send: (to, before, entries) =>
        this.#send(to, { kind: 'append', generation, before, entries }, 'stream'),
    });
    this.#leadership = member.leadership(env, {
      followers: others,
      quorumSize: quorum.size,
      beat: (round, isRegular) => {
        for (const to of others)
          this.#send(to, { kind: 'beat', generation, round, isRegular }, 'now');
      },
    });
    this.#first = log.append(generation, member.noOp).index;
    this.#leadership.beginRound();
  }

  /** At every heartbeat. */
  beat(): void {
    this.#leadership.beginRound();
    this.#replication.askAgain();
  }

  isFollowed(): boolean {
    return this.#leadership.isFollowed(this.#member.timing.election.timeoutMsMax);
  }

  /** Sends followers what was appended; need not wait until it is durable here. */
  replicate(): void {
    this.#replication.replicate();
  }

  /** Shows what a quorum holds now. */
  advance(): void {
    const { committed, log, generations } = this.#member;
    committed.advance([log.durable, ...this.#replication.durable()], generations.current);
    if (committed.mark < this.#first || this.#readsBeforeFirst.length === 0) return;
    const ready = this.#readsBeforeFirst;
    this.#readsBeforeFirst = [];
    for (const read of ready) this.#confirm(read);
  }

  matched(follower: NodeId, index: LogIndex): void {
    this.#replication.matched(follower, index);
    this.advance();
  }

  mismatched(follower: NodeId, hint: MismatchHint): void {
    this.#replication.mismatched(follower, hint);
  }

  lost(follower: NodeId): void {
    this.#replication.lost(follower);
  }

  beatAnswered(follower: NodeId, round: number): void {
    this.#leadership.answered(follower, round);
  }

  read(read: Read): void {
    this.#reads.add(read);
    if (this.#member.committed.mark < this.#first) this.#readsBeforeFirst.push(read);
    else this.#confirm(read);
  }

  end(): void {
    const reads = [...this.#reads];
    this.#reads.clear();
    for (const read of reads) read.abandoned();
  }

  #confirm(read: Read): void {
    this.#leadership.confirm(() => {
      if (this.#reads.delete(read)) read.confirmed();
    });
  }

  #send(
    to: NodeId,
    message: Omit<Append<Command>, 'mark'> | Omit<Beat, 'mark'>,
    how: 'stream' | 'now',
  ): boolean {
    return this.#member.send(to, { ...message, mark: this.#member.committed.mark }, how);
  }
}
