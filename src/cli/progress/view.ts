/** How a run is followed on stderr: live on a terminal, a plain line now and then elsewhere, not at all when quiet. */
import type { RunSnapshot } from '../../run/watch.ts';
import { say } from '../output.ts';
import { heartbeatView } from './heartbeat.ts';
import { liveView } from './live.ts';

/** Its disposal leaves stderr ready for the next line. */
export interface ProgressView extends AsyncDisposable {
  update(snapshot: RunSnapshot): void;
  /** Says something beside the progress. */
  note(line: string): void;
}

/** `CI` counts as no terminal; nor does listr2 draw anywhere while stdout goes to a file. */
export function progressView(title: string, quiet: boolean): ProgressView {
  if (quiet) return silentView;
  const terminal = process.stdout.isTTY && process.stderr.isTTY;
  const live = terminal && (process.env['CI'] ?? '') === '';
  return live ? liveView(title) : heartbeatView(title);
}

const silentView: ProgressView = {
  update: () => {},
  note: say,
  [Symbol.asyncDispose]: () => Promise.resolve(),
};
