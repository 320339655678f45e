/** Progress for logs: one plain line when a step begins, and one every few seconds, so that nobody thinks it hangs. */
import { say } from '../output.ts';
import type { LineOf, ProgressView, Snapshot } from './view.ts';

const intervalSeconds = 5;

/** Says the title at once. */
export function heartbeatView<S extends Snapshot>(
  title: string,
  lineOf: LineOf<S>,
): ProgressView<S> {
  let told: S | undefined;
  say(title);
  return {
    update(now) {
      const due = now.elapsedSeconds - (told?.elapsedSeconds ?? 0) >= intervalSeconds;
      if (!due && told?.step === now.step) return;
      say(`  ${lineOf(told, now)}`);
      told = now;
    },
    note: say,
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}
