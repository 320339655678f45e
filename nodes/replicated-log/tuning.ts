/** What the options mean in the words of the parts, and the limits that are no options. */
import { missedBeats, type SuspicionPolicy } from '../patterns/heartbeat/failure-detector.ts';
import { phiAccrual } from '../patterns/heartbeat/phi-accrual.ts';
import type { ReplicaLimits, ReplicaTiming } from '../patterns/leader-and-followers/membership.ts';
import type { ChannelLimits } from '../patterns/single-socket-channel/channel.ts';
import type { ReceiverLimits } from '../patterns/single-socket-channel/receiver.ts';
import type { Env } from '../sdk/env.ts';
import type { Options } from './options.ts';

/** By missed beats, unless a phi is asked for. */
export function suspicion(env: Env, options: Options): SuspicionPolicy {
  const { election, beatEveryMs } = replicaTiming(options);
  const random = env.random.fork('suspicion');
  const suspectAtPhi = options['suspect-at-phi'];
  if (suspectAtPhi === 0) return missedBeats(random, election);
  return phiAccrual(env, random, {
    suspectAtPhi,
    gapsMax: 1000,
    gapMsExpected: beatEveryMs,
    deviationMsMin: beatEveryMs / 2,
    extraMsMax: election.timeoutMsMax - election.timeoutMsMin,
  });
}

/** Well below a frame's limit even when every entry is the largest that a client may send. */
const batchBytesMax = 512 * 1024;

/** A stream may be this far ahead of its receiver; a silent link is given up within about an election timeout. */
export const channelLimits: ChannelLimits = {
  unacknowledgedMax: 1024,
  silenceMsMax: 1000,
  backoff: { delayMsMin: 20, delayMsMax: 320 },
};

/** Often enough that a sender's buffer stays small, seldom enough to cost nothing. */
export const receiverLimits: ReceiverLimits = { acknowledgeEvery: 32, acknowledgeAfterMs: 100 };

/** The times of the parts, from the options of the system. */
export function replicaTiming(options: Options): ReplicaTiming {
  return {
    beatEveryMs: options['heartbeat-ms'],
    election: {
      timeoutMsMin: options['election-timeout-ms-min'],
      timeoutMsMax: options['election-timeout-ms-max'],
    },
  };
}

/** The limits of the parts, from the options of the system. */
export function replicaLimits(options: Options): ReplicaLimits {
  return {
    batch: { entriesMax: options['batch-entries-max'], bytesMax: batchBytesMax },
    entriesMax: options['log-entries-max'],
    queuedRequestsMax: options['queued-requests-max'],
    answerMsMax: options['election-timeout-ms-max'],
  };
}
