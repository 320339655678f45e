/** Which checkers judge a run, written down as data, and their results. */
import { makeChecker } from '../../checkers/registry.ts';
import type { CheckerSpec } from '../core/seams/checker.ts';
import { decodeHistory } from '../core/history/codec.ts';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeIds } from '../core/ids.ts';
import type { Plan } from '../core/plan.ts';
import type { CheckResult } from '../core/verdict.ts';
import { readTraces } from '../store/traces.ts';
import { runFiles } from '../store/run-folder.ts';
import { castOf } from './plan.ts';

/** The workload's judges, then those that judge every run, then the invariants of the system's patterns. */
export function specsOf(plan: Plan): readonly CheckerSpec[] {
  const { system, workload } = castOf(plan);
  const fixed = ['availability', 'unexpected-exits', ...system.invariants];
  return [...workload.judges(), ...fixed.map((checker) => ({ checker }))];
}

/** The results of all of them on the run in `folder`. */
export async function judgementsOf(folder: string, plan: Plan): Promise<readonly CheckResult[]> {
  const path = join(folder, runFiles.history);
  const input = {
    history: decodeHistory(readFileSync(path, 'utf8'), path),
    trace: readTraces(folder),
    nodes: nodeIds(plan.nodes),
  };
  const budget = {
    timeMsMax: plan.checkBudgetSeconds * 1000,
    memoryBytesMax: plan.checkMemoryMegabytes * 2 ** 20,
  };
  return Promise.all(specsOf(plan).map((spec) => makeChecker(spec).check(input, budget)));
}
