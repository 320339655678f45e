/** Every runtime, by the name that `--runtime` takes; what it can do is known before it is made. */
import type { Plan } from '../core/plan.ts';
import type { Capability, Runtime } from '../core/seams/runtime.ts';
import type { System } from '../core/seams/system.ts';
import { dockerCapabilities, dockerRuntime, notAContainer } from './docker/runtime.ts';
import { notAProcess, processCapabilities, processRuntime } from './process/runtime.ts';

export interface RuntimeEntry {
  readonly says: string;
  readonly capabilities: ReadonlySet<Capability>;
  /** Why it cannot run the plan's system; undefined where it can. */
  refuses(system: System, plan: Plan): string | undefined;
  make(plan: Plan): Runtime;
}

export const runtimes = {
  process: {
    says: 'every node is a process of this host, every link a Toxiproxy proxy on loopback',
    capabilities: processCapabilities,
    refuses: notAProcess,
    make: (plan) => processRuntime({ toxiproxy: plan.toxiproxy }),
  },
  docker: {
    says: 'every node is a container, every link a proxy of a Toxiproxy container',
    capabilities: dockerCapabilities,
    refuses: notAContainer,
    make: () => dockerRuntime,
  },
} satisfies Record<string, RuntimeEntry>;
