/** `dsp.log`: what the controller did and when, for people; a line each, by the host's wall clock. */
import { closeSync, openSync, writeSync } from 'node:fs';

export interface RunLog extends AsyncDisposable {
  say(line: string): void;
}

/** Opens the log for appending; every line is handed to the kernel at once. */
export function openRunLog(path: string): RunLog {
  const descriptor = openSync(path, 'a');
  return {
    say: (line) => void writeSync(descriptor, `${new Date().toISOString()} ${line}\n`),
    [Symbol.asyncDispose]: async () => closeSync(descriptor),
  };
}
