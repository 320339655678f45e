/**
 * Leader and Followers: one member leads, the others follow it, and a silent leader is replaced.
 *
 * What changes the generation, the vote, the role or the log goes through the update queue, one at a time. What does not
 * is done at once, beside the queue: beats, their answers and acknowledgements of a known generation.
 */
import type { NodeId } from '../../../src/core/ids.ts';
import type { SessionErrorCode } from '../../../src/core/error-registry.ts';
import type { Generation } from '../generation-clock/generation.ts';
import { beats } from '../heartbeat/beats.ts';
import { failureDetector, type FailureDetector } from '../heartbeat/failure-detector.ts';
import {
  updateQueue,
  type Update,
  type UpdateQueue,
} from '../singular-update-queue/update-queue.ts';
import { elections, type Candidacy, type Elections } from './elections.ts';
import { following, type Following } from './following.ts';
import type { Membership } from './membership.ts';
import type { Beat, LogMessage } from './messages.ts';
import { Reign, type Read } from './reign.ts';
import { tell } from './tell.ts';

/** Room in the update queue for the protocol alone; far more than its members can have under way. */
const protocolRoom = 256;

/** What the replica tells the node that it is part of. */
export interface ReplicaEvents {
  /** Whom this member takes for the leader has changed. */
  leaderChanged(leader: NodeId | undefined): void;
  /** The disk failed, or the program is wrong: the node must end. */
  failed(error: unknown): void;
}

export interface Proposal {
  /** It is in this leader's log now, and nowhere else yet; it may be committed later, or never. */
  readonly appended: () => void;
  /** It is in no log, and never will be because of this proposal. */
  readonly refused: (code: SessionErrorCode) => void;
}

interface Follower {
  readonly kind: 'follower';
  readonly leader: NodeId | undefined;
}

type Role<Command> = Follower | Candidacy | Reign<Command>;

export class Replica<Command> {
  readonly #member: Membership<Command>;
  readonly #events: ReplicaEvents;
  readonly #queue: UpdateQueue;
  readonly #detector: FailureDetector;
  readonly #following: Following<Command>;
  readonly #elections: Elections;
  #role: Role<Command> = { kind: 'follower', leader: undefined };
  #suspected: NodeId | undefined;

  constructor(member: Membership<Command>, events: ReplicaEvents) {
    const { env, timing, limits } = member;
    this.#member = member;
    this.#events = events;
    this.#following = following(member);
    this.#elections = elections(member, {
      hearsLeader: () => this.#hearsLeader(),
      run: (candidacy) => this.#run(candidacy),
      lead: () => this.#lead(),
      voted: () => this.#detector.heard(),
    });
    this.#queue = updateQueue({
      requestsMax: limits.queuedRequestsMax,
      protocolRoom,
      commit: () => this.#commit(),
      failed: (error) => events.failed(error),
    });
    this.#detector = failureDetector(env, member.suspicion, () => this.#suspectLeader());
    beats(env, timing.beatEveryMs, () => this.#beat());
  }

  get role(): 'leader' | 'follower' | 'candidate' {
    return this.#role.kind;
  }

  /** Whom this member takes for the leader. */
  get leader(): NodeId | undefined {
    switch (this.#role.kind) {
      case 'leader':
        return this.#member.env.node;
      case 'follower':
        return this.#role.leader;
      case 'candidate':
        return undefined;
    }
  }

  /** Takes another member's message. */
  receive(from: NodeId, message: LogMessage<Command>): void {
    const age = this.#member.generations.ageOf(message.generation);
    if (age === 'current' && this.#receivedBesideQueue(from, message)) return;
    this.#inTurn(() => this.#receiveInTurn(from, message));
  }

  /** Asks this member to put a command into the log, as the leader. */
  propose(command: Command, { appended, refused }: Proposal): void {
    const { log, generations, limits } = this.#member;
    const taken = this.#queue.submit(() => {
      if (this.#role.kind !== 'leader') return refused('not-leader');
      if (log.last.index >= limits.entriesMax) return refused('log-full');
      log.append(generations.current, command);
      appended();
    }, 'request');
    if (!taken) refused('queue-full');
  }

  /** Asks this member, as the leader, when the state may be read. */
  read(read: Read): void {
    if (this.#role.kind === 'leader') this.#role.read(read);
    else read.abandoned();
  }

  /** What was streamed to this member may not arrive. */
  streamLost(to: NodeId): void {
    if (this.#role.kind === 'leader') this.#role.lost(to);
  }

  #inTurn(update: Update): void {
    // Refused when the room is full, which is as if a message had been lost: the sender asks again.
    this.#queue.submit(update, 'protocol');
  }

  /** After each batch of updates: followers get what is new while it becomes durable here. */
  async #commit(): Promise<void> {
    if (this.#role.kind === 'leader') this.#role.replicate();
    await this.#member.log.sync();
    if (this.#role.kind === 'leader') this.#role.advance();
  }

  /** Does what may be done at once; false for what must wait for its turn. */
  #receivedBesideQueue(from: NodeId, message: LogMessage<Command>): boolean {
    const role = this.#role;
    switch (message.kind) {
      case 'beat':
        if (role.kind !== 'follower' || role.leader !== from) return false;
        this.#takeBeat(from, message);
        return true;
      case 'beat-answer':
        if (role.kind === 'leader') role.beatAnswered(from, message.round);
        return true;
      case 'appended':
        if (role.kind === 'leader') role.matched(from, message.matched);
        return true;
      case 'mismatched':
        if (role.kind === 'leader') role.mismatched(from, message.hint);
        return true;
      case 'canvass':
        this.#elections.answerCanvass(from, message);
        return true;
      case 'append':
      case 'vote-request':
      case 'vote-answer':
      case 'canvass-answer':
      case 'outdated':
        return false;
    }
  }

  async #receiveInTurn(from: NodeId, message: LogMessage<Command>): Promise<void> {
    const age = this.#member.generations.ageOf(message.generation);
    if (age === 'older') return tell(this.#member, from, { kind: 'outdated' });
    if (age === 'newer') await this.#enter(message.generation, from);
    switch (message.kind) {
      case 'append':
        this.#follow(from);
        this.#member.send(from, await this.#following.append(message), 'stream');
        return;
      case 'beat':
        this.#follow(from);
        this.#takeBeat(from, message);
        return;
      case 'vote-request':
        return this.#elections.vote(from, message);
      case 'canvass':
        return this.#elections.answerCanvass(from, message);
      case 'vote-answer':
      case 'canvass-answer':
        if (this.#role.kind === 'candidate') await this.#elections.count(this.#role, from, message);
        return;
      case 'beat-answer':
      case 'appended':
      case 'mismatched':
      case 'outdated':
        return;
    }
  }

  #takeBeat(from: NodeId, message: Beat): void {
    if (message.isRegular) this.#detector.beat();
    else this.#detector.heard();
    this.#following.beat(message);
    tell(this.#member, from, { kind: 'beat-answer', round: message.round });
  }

  #suspectLeader(): void {
    const { leader } = this;
    if (this.#role.kind === 'leader') return;
    if (leader !== undefined) {
      this.#suspected = leader;
      this.#member.env.trace('node-suspected', { peer: leader });
    }
    this.#inTurn(() => (this.#role.kind === 'leader' ? undefined : this.#elections.canvass()));
  }

  #hearsLeader(): boolean {
    if (this.#role.kind === 'leader') return this.#role.isFollowed();
    const { timeoutMsMin } = this.#member.timing.election;
    return this.leader !== undefined && this.#detector.silenceMs() < timeoutMsMin;
  }

  async #enter(generation: Generation, seenOf: NodeId): Promise<void> {
    await this.#member.generations.enter(generation);
    this.#following.forgetLeader();
    this.#stepDown(`${seenOf} is in generation ${generation}`);
  }

  #follow(leader: NodeId): void {
    this.#detector.heard();
    if (this.#suspected === leader) {
      this.#suspected = undefined;
      this.#member.env.trace('node-trusted', { peer: leader });
    }
    if (this.#role.kind === 'leader') this.#stepDown(`${leader} leads`);
    if (this.leader !== leader) this.#changeRole({ kind: 'follower', leader });
  }

  #run(candidacy: Candidacy): void {
    if (candidacy.stage === 'vote') this.#following.forgetLeader();
    this.#changeRole(candidacy);
  }

  #lead(): void {
    const { env, generations } = this.#member;
    env.trace('leader-elected', { generation: generations.current });
    this.#changeRole(new Reign(this.#member));
  }

  #beat(): void {
    if (this.#role.kind !== 'leader') return;
    if (this.#role.isFollowed()) this.#role.beat();
    else this.#inTurn(() => this.#stepDownUnlessFollowed());
  }

  #stepDownUnlessFollowed(): void {
    if (this.#role.kind !== 'leader' || this.#role.isFollowed()) return;
    this.#stepDown('no quorum has answered for an election timeout');
  }

  #stepDown(reason: string): void {
    if (this.#role.kind === 'leader') {
      const { generation } = this.#role;
      this.#member.env.trace('leader-stepped-down', { generation, reason });
    }
    this.#changeRole({ kind: 'follower', leader: undefined });
  }

  #changeRole(role: Role<Command>): void {
    const before = this.#role;
    const leaderBefore = this.leader;
    this.#role = role;
    if (before.kind === 'leader') before.end();
    if (this.leader !== leaderBefore) this.#events.leaderChanged(this.leader);
  }
}
