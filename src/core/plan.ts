/**
 * The plan: everything that a run depends on, as data. Validated once, written to the run's folder before anything
 * starts; the same plan can be run again. `src/run/plan.ts` makes it from flags and configuration.
 */
import type { Schedule } from './schedule.ts';
import type { Stability } from './seams/nemesis.ts';

/**
 * What a command needs not say, for it holds where the run was made: in the configuration file, in `DSP_*` variables.
 */
export interface Given {
  /** The value of `--config`. */
  readonly config?: string;
  /** The settings that a file or a variable gave, whether or not a flag overruled them. */
  readonly settings: readonly string[];
}

export interface Plan {
  readonly format: 'dsp-plan';
  readonly version: 1;
  readonly system: string;
  readonly workload: string;
  /** Families, in the order given; empty for none. */
  readonly nemeses: readonly string[];
  readonly runtime: string;
  readonly nodes: number;
  /** Client threads. */
  readonly concurrency: number;
  /** Operations a second, all clients together; 0 stands for as fast as they go. */
  readonly rateOpsPerSec: number;
  /** How long the load with faults lasts. */
  readonly timeLimitSeconds: number;
  readonly seed: string;
  /** Planted bugs, `pattern/name`. */
  readonly bugs: readonly string[];
  readonly options: Readonly<Record<string, string>>;
  readonly stability: Stability;
  readonly operationTimeoutMs: number;
  readonly readyTimeoutMs: number;
  /** After healing, every client must have had an `ok` within this time. */
  readonly recoveryBoundSeconds: number;
  readonly checkBudgetSeconds: number;
  readonly checkMemoryMegabytes: number;
  /** `auto`: the real server where it is found, else the embedded one. `embedded`, or the path of a server. */
  readonly toxiproxy: string;
  /**
   * Container images to use in place of the public ones, by what they are for: `base` (of the image that dsp builds for
   * its own nodes), `toxiproxy`, or the name of a system.
   */
  readonly images: Readonly<Record<string, string>>;
  /**
   * The names of the invariants that the nodes' traces are judged by: the system's, which may stand in a configuration
   * file, so that a run is judged from its folder alone. Absent in plans that were made before it was written down.
   */
  readonly invariants?: readonly string[];
  /** What the load is, in place of what workload and nemeses would draw. The time limit holds for it too. */
  readonly schedule?: Schedule;
  /** Absent where only flags said anything. The command that makes the run again must name all of it. */
  readonly given?: Given;
}
