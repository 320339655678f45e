/** Starting the reaper of a run in Docker, and telling it that there is nothing to reap. */
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { environmentError } from '../../core/errors.ts';

export interface Reaper {
  /** Everything of the run has been removed; resolves when the reaper has ended. Without it, the reaper removes it. */
  nothingLeft(): Promise<void>;
}

/** Must be started before anything of the run is. */
export function startReaper(runId: string): Reaper {
  const module = new URL(`./reaper-main${extname(import.meta.url)}`, import.meta.url);
  const reaper = execa(process.execPath, [fileURLToPath(module), runId], {
    stdin: 'pipe',
    stdout: 'ignore',
    stderr: 'ignore',
    detached: true,
    cleanup: false,
    reject: false,
    buffer: false,
  });
  if (reaper.pid === undefined) throw environmentError('the reaper process could not be started');
  reaper.stdin.on('error', () => {});
  return {
    async nothingLeft() {
      reaper.stdin.end('done\n');
      await reaper;
    },
  };
}
