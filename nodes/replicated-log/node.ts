/**
 * A node of the replicated log: the parts, put together.
 *
 *   client ── gateway ── service ── replica ── update queue ── write-ahead log
 *                │                     │
 *                └──── channels to the other members
 *
 * A request enters at the gateway and goes to the leader's service, which may be another node's. What is committed is
 * applied to the key-value store, through the idempotent receiver, and answers those who wait for it.
 */
import type { NodeId } from '../../src/core/ids.ts';
import { exitStatus, messageOf } from '../../src/core/errors.ts';
import { BallotDamaged } from '../patterns/generation-clock/ballot-file.ts';
import { committedLog } from '../patterns/leader-and-followers/committed-log.ts';
import { Replica } from '../patterns/leader-and-followers/replica.ts';
import { requestWaitingList } from '../patterns/request-waiting-list/request-waiting-list.ts';
import { singleSocketChannel } from '../patterns/single-socket-channel/channel.ts';
import { channelReceiver } from '../patterns/single-socket-channel/receiver.ts';
import { LogDamaged } from '../patterns/write-ahead-log/log.ts';
import type { Env } from '../sdk/env.ts';
import { openFrontDoor } from '../sdk/front-door.ts';
import { nextIncarnation } from '../sdk/incarnation.ts';
import type { NodeSettings } from '../sdk/program.ts';
import { admitClient } from './clients.ts';
import { gateway } from './gateway.ts';
import { done, keyValueStore } from './key-value.ts';
import {
  channelLimits,
  receiverLimits,
  replicaLimits,
  replicaTiming,
  suspicion,
} from './tuning.ts';
import { correlationId, type Command, type PeerMessage, type Reply } from './messages.ts';
import { readOptions, type Options } from './options.ts';
import { partsWith, type Parts } from './parts.ts';
import { receivePeerMessage } from './peer-messages.ts';
import { service } from './service.ts';

/** The node program. A disk that cannot be trusted ends the node instead of starting it. */
export async function replicatedLogNode(env: Env, settings: NodeSettings): Promise<void> {
  const incarnation = await nextIncarnation(env.files);
  env.trace('started', { incarnation });
  try {
    await start(env, settings, incarnation);
  } catch (error) {
    if (!(error instanceof LogDamaged || error instanceof BallotDamaged)) throw error;
    env.trace('refused', { reason: error.message });
    env.log(`refused to start: ${error.message}`);
    env.exit(exitStatus.data);
  }
}

async function start(env: Env, settings: NodeSettings, incarnation: number): Promise<void> {
  const options = readOptions(settings.options);
  const parts = partsWith(settings.bugs);
  const log = await parts.openWriteAheadLog<Command>(env);
  const generations = await parts.openGenerationClock(env);
  const others = settings.members.filter((id) => id !== env.node);
  const quorum = parts.quorum(settings.members);
  const state = stateOf(env, parts, options);
  const committed = committedLog(env, log, parts.highWaterMark(quorum.size), (entry) => {
    const reply = state.store.apply(entry);
    if (reply === undefined || entry.command.call === 'no-op') return;
    state.proposals.meet(correlationId(entry.command), reply);
    entrance.answered(entry.command, reply);
  });
  const channels = new Map(
    others.map((to) => {
      const events = {
        opened: () => void (replica.leader === to && entrance.leaderReached()),
        lost: () => replica.streamLost(to),
      };
      return [to, singleSocketChannel<PeerMessage>(env, to, incarnation, channelLimits, events)];
    }),
  );
  const replica: Replica<Command> = new Replica(
    {
      env,
      others,
      quorum,
      generations,
      log,
      committed,
      voting: parts.voting(),
      leadership: parts.leadership,
      reconcile: parts.reconcile,
      noOp: { call: 'no-op' },
      suspicion: suspicion(env, options),
      timing: replicaTiming(options),
      limits: replicaLimits(options),
      send: (to, message, how) => channels.get(to)?.[how](message) ?? false,
    },
    {
      leaderChanged: () => entrance.leaderReached(),
      failed(error) {
        env.log(`cannot go on: ${messageOf(error)}`);
        env.exit(exitStatus.harness);
      },
    },
  );
  const serving = service(replica, state.store, state.proposals);
  const entrance = gateway({
    self: env.node,
    leader: () => replica.leader,
    service: serving,
    waiting: state.waiting,
    forward: (leader, message) => channels.get(leader)?.now(message) ?? false,
  });
  const peers = channelReceiver<PeerMessage>(env, receiverLimits, (from, message) =>
    receivePeerMessage({ replica, gateway: entrance, service: serving, channels }, from, message),
  );
  await openFrontDoor(env, incarnation, {
    status: () => ({
      node: env.node,
      role: replica.role,
      leader: replica.leader,
      generation: generations.current,
    }),
    admit(connection, first) {
      if (first.kind === 'request') return admitClient(entrance, connection, first);
      const isPeer = first.kind === 'hello' && 'from' in first && isMember(others, first.from);
      return isPeer ? peers.admit(connection, first) : undefined;
    },
  });
}

const isMember = (others: readonly NodeId[], from: unknown): boolean =>
  (others as readonly unknown[]).includes(from);

/** What a node holds in memory: the replicated state, and those who wait for it. */
function stateOf(env: Env, parts: Parts, options: Options) {
  const lists = {
    expiryMs: options['request-expiry-ms'],
    sizeMax: options['waiting-requests-max'],
    done,
  };
  return {
    store: keyValueStore(
      parts.idempotentReceiver<Reply>({
        keptForEntries: options['reply-kept-for-entries'],
        forgotten: { ok: false, code: 'reply-forgotten' },
      }),
    ),
    /** Of the leader: changes that wait for a quorum. */
    proposals: parts.requestWaitingList<string, Reply>(env, lists),
    /** Of this node's clients: requests that wait for the leader. */
    waiting: requestWaitingList<string, Reply>(env, lists),
  };
}
