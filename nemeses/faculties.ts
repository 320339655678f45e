/** What only some runtimes offer, for nemeses whose plan would have been refused under the others. */
import { harnessError } from '../src/core/errors.ts';
import type { Clocks, Cluster, Disks } from '../src/core/seams/runtime.ts';

/** The nodes' clocks; throws where the runtime can do nothing to them. */
export function clocksOf({ clocks }: Cluster): Clocks {
  if (clocks === undefined) throw harnessError('this runtime can do nothing to clocks');
  return clocks;
}

/** The nodes' disks; throws where the runtime can do nothing to them. */
export function disksOf({ disks }: Cluster): Disks {
  if (disks === undefined) throw harnessError('this runtime can do nothing to disks');
  return disks;
}
