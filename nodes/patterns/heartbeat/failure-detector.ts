/**
 * Heartbeat, the receiver's side: suspects the sender when nothing was heard of it for too long.
 *
 * Silence is measured on the monotonic clock. On the wall clock, a step of the date by one timeout would make every node
 * suspect every other; a step back would hide a death. How long is too long is a policy's business: `missedBeats` for
 * a small cluster on one network, `phiAccrual` where links differ and change.
 */
import type { Random } from '../../../src/core/random.ts';
import type { Cancel } from '../../../src/core/time.ts';
import type { Env } from '../../sdk/env.ts';

export interface FailureDetector {
  /** A regular beat came: the wait begins anew, and the policy may learn from it. */
  beat(): void;
  /** Another sign of life came: the wait begins anew. */
  heard(): void;
  /** Milliseconds since something was heard, or since the start. */
  silenceMs(): number;
  stop(): void;
}

/** How much silence is too much. */
export interface SuspicionPolicy {
  /** Drawn for each wait. */
  timeoutMs(): number;
  beat(): void;
  /** The sender was silent for too long: the next beat says nothing about the gaps between beats. */
  suspected(): void;
}

/** Calls `suspect` after each timeout of silence, again and again while the silence lasts. */
export function failureDetector(
  env: Pick<Env, 'after' | 'monotonicNow'>,
  policy: SuspicionPolicy,
  suspect: () => void,
): FailureDetector {
  let heardAt = env.monotonicNow();
  /** When the present wait began: when something was heard, or at the last suspicion. */
  let waitFrom = heardAt;
  let timeoutMs = policy.timeoutMs();
  let cancel: Cancel = env.after(timeoutMs, check);

  function wait(): void {
    const leftMs = waitFrom + timeoutMs - env.monotonicNow();
    cancel = env.after(Math.max(1, leftMs), check);
  }
  function check(): void {
    const now = env.monotonicNow();
    const isDue = now >= waitFrom + timeoutMs;
    timeoutMs = policy.timeoutMs();
    if (!isDue) return wait();
    waitFrom = now;
    wait();
    policy.suspected();
    suspect();
  }
  const heard = (): void => void (waitFrom = heardAt = env.monotonicNow());

  return {
    heard,
    beat() {
      heard();
      policy.beat();
    },
    silenceMs: () => env.monotonicNow() - heardAt,
    stop: () => cancel(),
  };
}

export interface TimeoutBounds {
  readonly timeoutMsMin: number;
  readonly timeoutMsMax: number;
}

/**
 * So many beats missed: a timeout between two bounds, drawn anew for each wait, so that of several nodes that watch the
 * same leader one is first to run for its place.
 */
export const missedBeats = (
  random: Random,
  { timeoutMsMin, timeoutMsMax }: TimeoutBounds,
): SuspicionPolicy => ({
  timeoutMs: () => random.integer(timeoutMsMin, timeoutMsMax),
  beat: () => {},
  suspected: () => {},
});
