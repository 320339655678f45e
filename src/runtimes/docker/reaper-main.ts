/**
 * The reaper of a run in Docker: a small process beside the controller that outlives it, if only for a moment.
 *
 * When its standard input ends without the word `done`, the controller is gone. Then it removes whatever bears the run's
 * label, and looks again for a while, for the daemon may still be carrying out what the controller asked for last. A
 * daemon that does not answer is asked again for some minutes: it may be starting.
 */
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { connectDocker } from './daemon.ts';
import { removeRun } from './leftovers.ts';

const looks = 8;
const pauseMs = 1500;
const failuresMax = 120;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});

const runId = process.argv[2];
const said = await text(process.stdin).catch(() => '');
if (runId === undefined || said.trim() === 'done') process.exit(0);

let failures = 0;
for (let look = 0; look < looks && failures < failuresMax;) {
  try {
    await removeRun(await connectDocker(), runId);
    look++;
  } catch {
    failures++;
  }
  await wait(pauseMs);
}
process.exit(0);
