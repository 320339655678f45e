/** The registry of systems: what can be tested, by the name that `--system` takes. */
import type { System } from '../src/core/seams/system.ts';
import { etcd } from './etcd/system.ts';
import { replicatedLog } from './replicated-log/system.ts';

export const systems = {
  'replicated-log': replicatedLog,
  etcd,
} satisfies Record<string, System>;
