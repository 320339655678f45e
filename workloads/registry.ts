/** Every workload, by the name that `--workload` takes. */
import type { Workload } from '../src/core/seams/workload.ts';
import { register } from './register.ts';

export const workloads = { register } satisfies Record<string, Workload>;
