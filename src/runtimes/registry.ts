/** Every runtime, by the name that `--runtime` takes; what it can do is known before it is made. */
import type { Plan } from '../core/plan.ts';
import type { Capability, Runtime } from '../core/seams/runtime.ts';
import type { System } from '../core/seams/system.ts';
import { dockerCapabilities, dockerRuntime, notAContainer } from './docker/runtime.ts';
import { notSimulated, simCapabilities, simRuntime } from './sim/runtime.ts';
import { simOptions, weatherOf } from './sim/options.ts';
import { notAProcess, processCapabilities, processRuntime } from './process/runtime.ts';

export interface RuntimeEntry {
  readonly says: string;
  readonly capabilities: ReadonlySet<Capability>;
  /** Time is its own: a seed repeats a run exactly, and runs beside each other disturb none. */
  readonly isVirtual: boolean;
  /** What `--option NAME=VALUE` may name, and what it means. */
  readonly options: Readonly<Record<string, string>>;
  /** Why it cannot run the plan's system; undefined where it can. */
  refuses(system: System, plan: Plan): string | undefined;
  make(plan: Plan): Runtime;
}

export const runtimes = {
  process: {
    says: 'every node is a process of this host, every link a Toxiproxy proxy on loopback',
    capabilities: processCapabilities,
    isVirtual: false,
    options: {},
    refuses: notAProcess,
    make: (plan) => processRuntime({ toxiproxy: plan.toxiproxy }),
  },
  docker: {
    says: 'every node is a container, every link a proxy of a Toxiproxy container',
    capabilities: dockerCapabilities,
    isVirtual: false,
    options: {},
    refuses: notAContainer,
    make: () => dockerRuntime,
  },
  sim: {
    says: 'every node and every link simulated in one process, in virtual time: a seed repeats a run exactly',
    capabilities: simCapabilities,
    isVirtual: true,
    options: simOptions,
    refuses(system, { options, seed }) {
      weatherOf(options, seed);
      return notSimulated(system);
    },
    make: () => simRuntime(),
  },
} satisfies Record<string, RuntimeEntry>;
