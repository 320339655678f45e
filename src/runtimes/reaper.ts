/** A reaper: a process that outlives its controller, and learns by the end of its standard input that it is gone. */
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { environmentError } from '../core/errors.ts';

/** Starts `reaper-main` beside the caller, in a process group of its own. `beside` is the caller's `import.meta.url`. */
export function startReaper(beside: string, runId: string) {
  const main = fileURLToPath(new URL(`./reaper-main${extname(beside)}`, beside));
  const reaper = execa(process.execPath, [main, runId], {
    stdin: 'pipe',
    stdout: 'ignore',
    stderr: 'ignore',
    detached: true,
    cleanup: false,
    reject: false,
    buffer: false,
  });
  if (reaper.pid === undefined) throw environmentError('the reaper process could not be started');
  // Told something after its end, it need not hear it.
  reaper.stdin.on('error', () => {});
  return reaper;
}

/** Without a word at its standard input, it removes what it knows of the run once that ends. */
export type Reaper = ReturnType<typeof startReaper>;
