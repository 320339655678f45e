/**
 * The worker's process: performs the tasks that its parent sends, one at a time, and answers each once.
 *
 * Ctrl-C reaches the whole process group, but how a task ends is the parent's decision.
 */
import { messageOf } from '../core/errors.ts';
import { endWithParent } from '../judge/orphan-watch.ts';
import { perform } from './perform.ts';
import type { FromWorker, Task, ToWorker } from './task.ts';

const watched = endWithParent();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

let stop = new AbortController();
let stopNow = new AbortController();

process.on('message', (message: ToWorker) => {
  switch (message.kind) {
    case 'task':
      return void answer(message.task);
    case 'stop':
      return stop.abort(new Error('stopped'));
    case 'stop-now':
      stop.abort(new Error('stopped'));
      return stopNow.abort(new Error('stopped at once'));
  }
});

async function answer(task: Task): Promise<void> {
  stop = new AbortController();
  stopNow = new AbortController();
  await watched;
  try {
    const stops = { signal: stop.signal, stopNow: stopNow.signal };
    say({ kind: 'judged', ...(await perform(task, stops)) });
  } catch (thrown) {
    say({ kind: 'failed', message: messageOf(thrown) });
  }
}

/** A parent that cannot be told is gone. */
const say = (message: FromWorker): void =>
  void process.send!(message, undefined, undefined, (error) => {
    if (error !== null) process.exit();
  });
