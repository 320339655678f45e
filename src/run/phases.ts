/**
 * Takes a running cluster through its phases: load with faults, heal, recover, final reads, done.
 *
 * Each phase is marked in the history where it begins. Healing runs whatever happened before it. An interrupted run
 * heals and ends there: what it has recorded is judged for safety, and nothing is said about liveness.
 */
import { nodeExited } from '../../checkers/unexpected-exits.ts';
import { classify } from '../core/error-registry.ts';
import { isClient } from '../core/history/entry.ts';
import type { Entry, Key } from '../core/history/entry.ts';
import type { Plan } from '../core/plan.ts';
import type { Cluster } from '../core/seams/runtime.ts';
import type { Generator } from '../core/seams/generator.ts';
import { clientOpener } from './clients.ts';
import { finalGenerator, healGenerator, loadGenerator, recoveryGenerator } from './generators.ts';
import { openInterpreter } from './interpreter.ts';
import type { Interpreter } from './interpreter.ts';
import type { Cast } from './plan.ts';
import { versions } from './versions.ts';

export interface Stage {
  readonly plan: Plan;
  readonly cast: Cast;
  readonly cluster: Cluster;
  /** The clock's time at the run's origin. */
  readonly originNs: number;
  readonly record: (entry: Entry) => void;
  /** Ends the load; what follows it is shortened to healing. */
  readonly signal: AbortSignal;
  /** Ends everything at once. */
  readonly stopNow: AbortSignal;
  /** Given the interpreter as soon as it is there, to read its progress. */
  readonly onStart: (interpreter: Interpreter) => void;
}

/** Resolves when the last phase is over, or the run was interrupted and has healed. */
export async function runPhases(stage: Stage): Promise<void> {
  const { plan, cast, cluster, signal, stopNow } = stage;
  const seen = observations();
  await using interpreter = openInterpreter(interpreterOptions(stage, seen));
  stage.onStart(interpreter);
  interpreter.markPhase('set-up', { ...versions(), toxiproxy: cluster.toxiproxy });
  cluster.nodes.onUnexpectedExit((node, how) => interpreter.note(nodeExited, { node, how }));

  const phase = (name: string, generator: Generator, until: AbortSignal, value?: unknown) => {
    interpreter.markPhase(name, value);
    seen.phaseBegins();
    return interpreter.interpret(generator, until);
  };
  try {
    const asked = { nemeses: cast.nemeses.map(({ family }) => family) };
    await phase('load', loadGenerator(plan, cast.workload, cast.nemeses), signal, asked);
  } finally {
    await phase('heal', healGenerator(cast.nemeses), stopNow);
  }
  if (!signal.aborted && plan.schedule?.calm !== false) {
    const bound = { boundSeconds: plan.recoveryBoundSeconds, threads: plan.concurrency };
    const recovery = await phase('recover', recoveryGenerator(plan, cast.workload), signal, bound);
    if (recovery.ended === 'done') {
      const recovered = {
        recoveredThreads: seen.threadsWithOk(plan.concurrency),
        threads: plan.concurrency,
      };
      await phase(
        'final-reads',
        finalGenerator(plan, cast.workload, seen.keys()),
        signal,
        recovered,
      );
    }
  }
  interpreter.markPhase('done', { interrupted: signal.aborted });
}

function interpreterOptions(stage: Stage, seen: Observations) {
  const { plan, cast, cluster, originNs } = stage;
  const families = new Map(cast.nemeses.map((nemesis) => [nemesis.family, nemesis]));
  return {
    clientThreads: plan.concurrency,
    nemeses: [...families.keys()],
    clock: cluster.clock,
    originNs,
    operationTimeoutMs: plan.operationTimeoutMs,
    openClient: clientOpener(cluster, cast.workload, plan),
    classify,
    applyNemesis: async (
      family: string,
      operation: Parameters<Cast['nemeses'][number]['apply']>[0],
    ) => {
      const nemesis = families.get(family)!;
      return operation.f === 'start' ? nemesis.apply(operation, cluster) : nemesis.heal(cluster);
    },
    record: (entry: Entry) => {
      seen.note(entry);
      stage.record(entry);
    },
  };
}

/** What later phases need to know of what came before; bounded by the number of keys and threads. */
function observations() {
  const keys = new Set<Key>();
  let processesWithOk = new Set<number>();
  return {
    note({ process, type, key }: Entry) {
      if (!isClient(process)) return;
      if (key !== undefined) keys.add(key);
      if (type === 'ok') processesWithOk.add(process);
    },
    phaseBegins: () => void (processesWithOk = new Set()),
    keys: (): readonly Key[] => [...keys],
    /** Thread t is process t, t + n, t + 2n … */
    threadsWithOk: (threads: number) =>
      new Set([...processesWithOk].map((each) => each % threads)).size,
  };
}
type Observations = ReturnType<typeof observations>;
