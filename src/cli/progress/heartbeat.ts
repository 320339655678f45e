/** Progress for logs: one plain line when a step begins, and one every few seconds, so that nobody thinks it hangs. */
import { say } from '../output.ts';
import type { ProgressView, Snapshot, StatusLine } from './view.ts';

const intervalSeconds = 5;

/** Says the title at once. */
export function heartbeatView<Followed extends Snapshot>(
  title: string,
  statusLine: StatusLine<Followed>,
): ProgressView<Followed> {
  let told: Followed | undefined;
  say(title);
  return {
    update(now) {
      const due = now.elapsedSeconds - (told?.elapsedSeconds ?? 0) >= intervalSeconds;
      if (!due && told?.step === now.step) return;
      say(`  ${statusLine(told, now)}`);
      told = now;
    },
    note: say,
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}
