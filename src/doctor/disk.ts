/** The disk that runs are written to: whether it can be written, syncs, and has room. */
import { existsSync } from 'node:fs';
import { mkdtemp, open, rm, statfs } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { trueTimeNow, nsPerMs } from '../core/time.ts';
import type { Probe } from './doctor.ts';

const roomBytesMin = 2 ** 30;
const syncs = 10;

export const probeDisk: Probe = async ({ outFolder }) => {
  const place = existingParent(resolve(outFolder));
  const syncMs = await syncTime(place).catch(() => undefined);
  if (syncMs === undefined)
    return {
      status: 'fail',
      says: `${place} cannot be written`,
      remedy: 'name another with --out',
    };
  const { bavail, bsize } = await statfs(place);
  const gigabytes = ((bavail * bsize) / 2 ** 30).toFixed(1);
  const says = `${gigabytes} GiB free in ${place}, a sync takes ${syncMs.toFixed(1)} ms`;
  return bavail * bsize < roomBytesMin
    ? { status: 'warn', says, remedy: 'long runs may need more: name another folder with --out' }
    : { status: 'ok', says };
};

/** The folder itself may not be there yet. */
function existingParent(folder: string): string {
  return existsSync(folder) ? folder : existingParent(dirname(folder));
}

/** Milliseconds for one write with fsync, as a node's write-ahead log does it. */
async function syncTime(folder: string): Promise<number> {
  const scratch = await mkdtemp(join(folder, '.dsp-doctor-'));
  try {
    await using file = await open(join(scratch, 'sync'), 'w');
    const begin = trueTimeNow();
    for (let i = 0; i < syncs; i++) {
      await file.write('x');
      await file.sync();
    }
    return (trueTimeNow() - begin) / nsPerMs / syncs;
  } finally {
    await rm(scratch, { recursive: true });
  }
}
