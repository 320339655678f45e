/** How a run goes, told about twice a second of the host's time to whoever watches it. */
import type { NodeId } from '../core/ids.ts';
import type { Cluster, Runtime } from '../core/seams/runtime.ts';
import { nsPerSecond } from '../core/time.ts';
import { currentLeader } from '../../nemeses/targets.ts';
import type { Interpreter } from './interpreter.ts';
import type { Progress } from './interpreter/progress.ts';

/** The steps of a run as its watcher sees them; the first and the last two are outside the history's phases. */
export interface RunSnapshot {
  readonly step: 'set-up' | 'load' | 'heal' | 'recover' | 'final-reads' | 'stop' | 'check';
  readonly elapsedSeconds: number;
  readonly progress: Progress | undefined;
  readonly leader: NodeId | undefined;
}

const watchIntervalMs = 500;

export interface Watch extends AsyncDisposable {
  follow(interpreter: Interpreter, cluster: Cluster): void;
  stopping(): void;
}

/** Asks for the leader no more often than it tells, and not at all where a question would be an event of the run. */
export function watchRun(
  { clock, isVirtual }: Runtime,
  originNs: number,
  onProgress: ((snapshot: RunSnapshot) => void) | undefined,
): Watch {
  let interpreter: Interpreter | undefined;
  let cluster: Cluster | undefined;
  let leader: NodeId | undefined;
  let stopping = false;
  const tell = () => {
    const progress = interpreter?.progress();
    const step = stopping ? 'stop' : ((progress?.phase ?? 'set-up') as RunSnapshot['step']);
    const elapsedSeconds = (clock.now() - originNs) / nsPerSecond;
    onProgress?.({ step, elapsedSeconds, progress, leader });
    if (cluster !== undefined && !stopping && !isVirtual)
      void currentLeader(cluster.nodes).then((found) => (leader = found));
  };
  const timer = onProgress === undefined ? undefined : setInterval(tell, watchIntervalMs);
  return {
    follow(started, running) {
      [interpreter, cluster] = [started, running];
    },
    stopping: () => void (stopping = true),
    [Symbol.asyncDispose]: async () => clearInterval(timer),
  };
}
