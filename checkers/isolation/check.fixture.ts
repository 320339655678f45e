/** Runs a checker of isolation on transactions that are written down as tests like to. */
import { expect } from 'vitest';
import type { Entry, History } from '../../src/core/history/entry.ts';
import type { IsolationCycle } from '../../src/core/isolation.ts';
import type { CheckResult } from '../../src/core/verdict.ts';
import { check } from '../linearizability/check.fixture.ts';
import { historyOf } from '../linearizability/histories.fixture.ts';
import { makeChecker } from '../registry.ts';

/** `T1 ok: append x 1, r x [1, 2]`, each begun and completed before the next, by a client of its own. */
export function txns(...lines: readonly string[]): History {
  return overlapping(lines.flatMap((line, process) => [`${process} ${line}`, `${process}`]));
}

/** `0 ok: append x 1` begins the transaction of client 0, and `0` completes it. */
export function overlapping(lines: readonly string[]): History {
  const open = new Map<number, { type: 'ok' | 'fail' | 'info'; value: unknown[][] }>();
  const entries = lines.map((line, index): Entry => {
    const [, process, outcome, mops] = /^(\d+)(?: (ok|fail|info): (.*))?$/.exec(line)!;
    const common = { index, timeNs: index, process: Number(process), f: 'txn' };
    if (outcome !== undefined) {
      const value = mopsOf(mops!);
      open.set(common.process, { type: outcome as 'ok', value });
      const asked = value.map((mop) => (mop[0] === 'r' ? ['r', mop[1], null] : mop));
      return { ...common, type: 'invoke', value: asked };
    }
    return { ...common, ...open.get(common.process)! };
  });
  return historyOf(entries);
}

const mopsOf = (text: string): unknown[][] =>
  text.split(/,\s+(?=[a-z])/).map((mop) => {
    const [, f, key, value] = /^(\S+) (\S+)(?: (.*))?$/.exec(mop)!;
    return [f, key, value === undefined ? null : JSON.parse(value)];
  });

export const judged = (
  checker: string,
  history: History,
  options: Readonly<Record<string, unknown>> = {},
): Promise<CheckResult> => check(makeChecker({ checker, options }), history);

/** What `docs/checkers.md` promises of `details.steps`, of every finding that is a cycle; returns how many there are. */
export function checkSteps({ findings }: CheckResult): number {
  const cycles = findings.flatMap(({ details }) => {
    const { steps } = details as Partial<IsolationCycle>;
    return steps === undefined ? [] : [steps];
  });
  for (const steps of cycles)
    for (const [at, step] of steps.entries()) {
      expect(step.to).toEqual(steps[(at + 1) % steps.length]!.from);
      expect(step.says).toMatch(/^(T\d|one client)/);
      const isOrder = step.because === 'process' || step.because === 'realtime';
      expect(step.key === undefined, step.says).toBe(isOrder);
      expect(step.values?.length, step.says).toBe(
        isOrder ? undefined : step.because === 'ww' || step.because === 'rw' ? 2 : 1,
      );
      for (const value of step.values ?? []) expect(step.says).toContain(value);
    }
  return cycles.length;
}

/** The names of what is found, whatever the level. */
export const anomaliesOf = async (...args: Parameters<typeof judged>): Promise<readonly string[]> =>
  (await judged(...args)).isolation?.anomalyTypes ?? [];
