/** Progress for logs: one plain line when a step begins, and one every few seconds, so that nobody thinks it hangs. */
import type { RunSnapshot } from '../../run/watch.ts';
import { say } from '../output.ts';
import { statusLine } from './status.ts';
import type { ProgressView } from './view.ts';

const intervalSeconds = 5;

/** Says the title at once. */
export function heartbeatView(title: string): ProgressView {
  let told: RunSnapshot | undefined;
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
