/** A process that starts another one, which then does nothing but keep its event loop busy. `child` is the second. */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { endWithParent } from './orphan-watch.ts';

const busyMsMax = 60_000;

if (process.argv[2] === 'child') {
  await endWithParent();
  process.send!(process.pid, undefined, undefined, () => {
    const began = performance.now();
    while (performance.now() - began < busyMsMax);
  });
} else {
  const child = fork(fileURLToPath(import.meta.url), ['child']);
  child.on('message', (pid) => process.stdout.write(`${JSON.stringify(pid)}\n`));
}
