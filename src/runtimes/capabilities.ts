/** What a runtime can do to its nodes and links. */
import type { Capability } from '../core/seams/runtime.ts';

/** Signals to a process, and a Toxiproxy on every link. */
export const commonCapabilities: readonly Capability[] = [
  'nodes.kill',
  'nodes.pause',
  'links.blackhole',
  'links.disconnect',
  'links.delay',
  'links.limit',
  'links.slice',
  'links.reset',
];
