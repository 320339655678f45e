/**
 * Ends this process when the one that started it is gone, even while a check keeps the event loop busy.
 *
 * That takes a thread of its own. Its code is text, and plain: a second thread that loads TypeScript would load Node's
 * compiler for it, in WebAssembly, and V8 has crashed where several threads of a process did.
 */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** Resolves when the watch is kept; until then this process must not be busy. */
export async function endWithParent(): Promise<void> {
  process.on('disconnect', () => process.exit());
  const watcher = new Worker(watch, { eval: true });
  await once(watcher, 'message');
  watcher.unref();
}

const watch = `
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL');
  }, 500);
  require('node:worker_threads').parentPort.postMessage('watching');
`;
