/** What a renderer may show while the run goes: counts kept as entries are recorded, read as often as one likes. */
import { isClient, isNemesis } from '../../core/history/entry.ts';
import type { Entry } from '../../core/history/entry.ts';

export interface Progress {
  /** The last phase that was marked. */
  readonly phase: string | undefined;
  /** Clients' operations, by how they ended; `operations` counts those that are still open too. */
  readonly operations: number;
  readonly ok: number;
  readonly fail: number;
  readonly info: number;
  readonly inFlight: number;
  /** By family; a fault that was never, or is no longer, in force is not there. */
  readonly faults: Readonly<Record<string, FaultInForce>>;
}

export interface FaultInForce {
  /** The value of its `start`, with the evidence. */
  readonly value: unknown;
  readonly sinceNs: number;
  /** False for a fault that may or may not be in force. */
  readonly certain: boolean;
}

export class ProgressCounter {
  phase: string | undefined;
  readonly #counts = { invoke: 0, ok: 0, fail: 0, info: 0 };
  readonly #faults = new Map<string, FaultInForce>();

  count(entry: Entry): void {
    const { process } = entry;
    if (isClient(process)) this.#counts[entry.type] += 1;
    else if (isNemesis(process)) this.#countFault(process.slice('nemesis:'.length), entry);
  }

  snapshot(): Progress {
    const { invoke, ok, fail, info } = this.#counts;
    return {
      phase: this.phase,
      operations: invoke,
      ok,
      fail,
      info,
      inFlight: invoke - ok - fail - info,
      faults: Object.fromEntries(this.#faults),
    };
  }

  /** Any other operation than `start` undoes the fault, once it is known to have happened. */
  #countFault(family: string, { type, f, value, timeNs }: Entry): void {
    if (type === 'invoke' || type === 'fail') return;
    if (f === 'start') this.#faults.set(family, { value, sinceNs: timeNs, certain: type === 'ok' });
    else if (type === 'ok') this.#faults.delete(family);
  }
}
