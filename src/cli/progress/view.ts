/** How work is followed on stderr: live on a terminal, a plain line now and then elsewhere, not at all when quiet. */
import { say } from '../output.ts';
import { heartbeatView } from './heartbeat.ts';
import { liveView } from './live.ts';

/** How far the work is; what else there is to tell of it, its `LineOf` knows. */
export interface Snapshot {
  /** What is being done; a change of it is told at once. */
  readonly step: string;
  readonly elapsedSeconds: number;
}

/** One line of what has become of the work between two snapshots. */
export type LineOf<S extends Snapshot> = (earlier: S | undefined, now: S) => string;

/** Its disposal leaves stderr ready for the next line. */
export interface ProgressView<S extends Snapshot> extends AsyncDisposable {
  update(snapshot: S): void;
  /** Says something beside the progress. */
  note(line: string): void;
}

/** `CI` counts as no terminal; nor does listr2 draw anywhere while stdout goes to a file. */
export function progressView<S extends Snapshot>(
  title: string,
  quiet: boolean,
  lineOf: LineOf<S>,
): ProgressView<S> {
  if (quiet) return silentView;
  const terminal = process.stdout.isTTY && process.stderr.isTTY;
  const live = terminal && (process.env['CI'] ?? '') === '';
  return live ? liveView(title, lineOf) : heartbeatView(title, lineOf);
}

const silentView: ProgressView<Snapshot> = {
  update: () => {},
  note: say,
  [Symbol.asyncDispose]: () => Promise.resolve(),
};
