/** Notices that the Docker daemon goes away in the middle of a run: its stream of events ends. */
import { environmentError } from '../../core/errors.ts';
import type { Docker } from './daemon.ts';

export interface DaemonWatch extends Disposable {
  /** Aborted with an environment error when the daemon is gone. */
  readonly lost: AbortSignal;
}

export async function watchDaemon(docker: Docker): Promise<DaemonWatch> {
  const lost = new AbortController();
  const events = await docker.getEvents({ filters: { type: ['daemon'] } });
  const onEnd = () =>
    lost.abort(
      environmentError(
        'the Docker daemon went away in the middle of the run',
        'the history up to there is kept; what was left in Docker is removed when the daemon is back, or by dsp clean',
      ),
    );
  events.on('end', onEnd).on('close', onEnd).on('error', onEnd).resume();
  return {
    lost: lost.signal,
    [Symbol.dispose]() {
      events.off('end', onEnd).off('close', onEnd);
      (events as Partial<{ destroy(): void }>).destroy?.();
    },
  };
}
