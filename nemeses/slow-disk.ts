/** slow-disk: syncs of nodes take as long as on a disk that is worn or shared; proved by looking up how long they take now. */
import { logUniform } from '../src/core/random.ts';
import type { DiskReading } from '../src/core/seams/runtime.ts';
import { alteringNemesis } from './alter.ts';
import { disksOf } from './faculties.ts';

/** What a `start` carries, beside whom it is meant for. */
interface SlowDiskFault {
  readonly syncMs: number;
}

const syncMsMin = 20;
const syncMsMax = 500;

export const slowDisk = alteringNemesis<SlowDiskFault, DiskReading>({
  family: 'slow-disk',
  says: `lets every sync of nodes' disks take ${syncMsMin} to ${syncMsMax} ms`,
  needs: ['disks.slow'],
  options: {},
  drawing: () => (random) => ({
    syncMs: Math.round(logUniform(random.fork('sync'), syncMsMin, syncMsMax)),
  }),
  alter: (cluster, node, { syncMs }) => disksOf(cluster).slow(node, syncMs),
  restore: (cluster, node) => disksOf(cluster).heal(node),
  read: (cluster, node) => disksOf(cluster).read(node),
  isAltered: (reading, { syncMs }) => reading.syncMs === syncMs,
  isRight: ({ syncMs, usualSyncMs }) => syncMs === usualSyncMs,
});
