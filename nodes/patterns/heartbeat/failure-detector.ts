/**
 * Heartbeat, the receiver's side: suspects the sender when nothing was heard of it for a timeout.
 *
 * The timeout is measured on the monotonic clock. On the wall clock, a step of the date by one timeout would make every
 * node suspect every other; a step back would hide a death. Each timeout is drawn anew between its bounds, so that of
 * several nodes that watch the same leader one is first to run for its place.
 */
import type { Env } from '../../sdk/env.ts';
import type { Cancel } from '../../../src/core/time.ts';

export interface FailureDetector {
  /** Something was heard: the wait begins anew. */
  heard(): void;
  /** Milliseconds since something was heard, or since the start. */
  silenceMs(): number;
  stop(): void;
}

export interface TimeoutBounds {
  readonly timeoutMsMin: number;
  readonly timeoutMsMax: number;
}

/** Calls `suspect` after each timeout of silence, again and again while the silence lasts. */
export function failureDetector(
  env: Pick<Env, 'after' | 'monotonicNow' | 'random'>,
  bounds: TimeoutBounds,
  suspect: () => void,
): FailureDetector {
  const draw = (): number => env.random.integer(bounds.timeoutMsMin, bounds.timeoutMsMax);
  let heardAt = env.monotonicNow();
  /** Silence since the last suspicion, or since something was heard. */
  let waitFrom = heardAt;
  let timeoutMs = draw();
  let cancel: Cancel = env.after(timeoutMs, check);

  function check(): void {
    const now = env.monotonicNow();
    const leftMs = waitFrom + timeoutMs - now;
    if (leftMs > 0) {
      cancel = env.after(leftMs, check);
      return;
    }
    waitFrom = now;
    timeoutMs = draw();
    cancel = env.after(timeoutMs, check);
    suspect();
  }

  return {
    heard: () => void (waitFrom = heardAt = env.monotonicNow()),
    silenceMs: () => env.monotonicNow() - heardAt,
    stop: () => cancel(),
  };
}
