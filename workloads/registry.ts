/** Every workload, by the name that `--workload` takes. */
import type { Workload } from '../src/core/seams/workload.ts';
import { counter } from './counter.ts';
import { log } from './log.ts';
import { queue } from './queue.ts';
import { register } from './register.ts';
import { session } from './session.ts';
import { set } from './set.ts';
import { uniqueIds } from './unique-ids.ts';

export const workloads = {
  register,
  set,
  counter,
  'unique-ids': uniqueIds,
  queue,
  log,
  session,
} satisfies Record<string, Workload>;
