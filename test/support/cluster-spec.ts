/** What a runtime is told to start, as a test needs it: three nodes with nothing planted, and whatever the test changes. */
import { nodeIds } from '../../src/core/ids.ts';
import type { ClusterSpec } from '../../src/core/seams/runtime.ts';

/** The spec of a cluster of the system, written below `runFolder`. */
export const clusterSpec = (
  spec: Pick<ClusterSpec, 'system' | 'runFolder'> & Partial<ClusterSpec>,
): ClusterSpec => ({
  nodes: nodeIds(3),
  seed: 's',
  bugs: [],
  options: {},
  images: {},
  readyTimeoutMs: 30_000,
  keepDisks: false,
  ...spec,
});
