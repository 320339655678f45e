/** How a run is followed on stderr: live on a terminal, a plain line now and then elsewhere, not at all when quiet. */
import { say } from '../output.ts';
import { heartbeatView } from './heartbeat.ts';
import { liveView } from './live.ts';

/** What is followed: a step by its name, and how long it all has taken. */
export interface Snapshot {
  readonly step: string;
  readonly elapsedSeconds: number;
}

/** One line that says it, with what was a moment ago beside it, for rates. */
export type StatusLine<Followed extends Snapshot> = (
  earlier: Followed | undefined,
  now: Followed,
) => string;

/** Its disposal leaves stderr ready for the next line. */
export interface ProgressView<Followed extends Snapshot> extends AsyncDisposable {
  update(snapshot: Followed): void;
  /** Says something beside the progress. */
  note(line: string): void;
}

/** `CI` counts as no terminal; nor does listr2 draw anywhere while stdout goes to a file. */
export function progressView<Followed extends Snapshot>(
  title: string,
  quiet: boolean,
  statusLine: StatusLine<Followed>,
): ProgressView<Followed> {
  if (quiet) return silentView;
  const terminal = process.stdout.isTTY && process.stderr.isTTY;
  const live = terminal && (process.env['CI'] ?? '') === '';
  return live ? liveView(title, statusLine) : heartbeatView(title, statusLine);
}

const silentView: ProgressView<Snapshot> = {
  update: () => {},
  note: say,
  [Symbol.asyncDispose]: () => Promise.resolve(),
};
