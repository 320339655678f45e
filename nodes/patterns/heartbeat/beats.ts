/**
 * Heartbeat, the sender's side: beats at a fixed interval of the monotonic clock.
 *
 * A beat is sent straight from its timer and never waits in the update queue: a leader with much work to do is not dead,
 * and must not be taken for it.
 */
import type { Env } from '../../sdk/env.ts';
import type { Cancel } from '../../../src/core/time.ts';

/** Beats after each interval until cancelled. */
export function beats(env: Pick<Env, 'after'>, intervalMs: number, beat: () => void): Cancel {
  let cancel = env.after(intervalMs, next);
  function next(): void {
    cancel = env.after(intervalMs, next);
    beat();
  }
  return () => cancel();
}
