/** A run's verdict, made of what its checkers said, and of what its history alone says. */
import { isClient, isNemesis, phaseProcess } from '../core/history/entry.ts';
import type { Entry, History } from '../core/history/entry.ts';
import type { Plan } from '../core/plan.ts';
import { nsPerSecond } from '../core/time.ts';
import { combine, describeVerdict, unknown } from '../core/verdict.ts';
import type { CheckResult, Finding } from '../core/verdict.ts';
import type { RunCounts, VerdictFile } from '../store/verdict-file.ts';
import { replayCommand } from './replay.ts';

/** All that a verdict file says, but for where the run is. */
export type RunVerdict = Omit<VerdictFile, 'recheck'>;

/** The first checks are the workload's own and availability: in one breath, what was found good. */
const summariesMax = 2;

/** The worst of the checks is the verdict; the gravest finding, or else what was looked at, its summary. */
export function verdictFrom(
  plan: Plan,
  history: History,
  judgements: readonly CheckResult[],
  checkSeconds: number,
): RunVerdict {
  const checks = [...judgements, completeness(history)];
  const counts = countsOf(history.entries);
  const weighed = plan.schedule === undefined || !tookHold(counts) ? checks : checks.filter(says);
  const verdict = combine(weighed.map((check) => check.verdict));
  const decisive = weighed.filter(
    (check) => describeVerdict(check.verdict) === describeVerdict(verdict),
  );
  const findings = checks.flatMap((check) => check.findings).toSorted(graver);
  return {
    format: 'dsp-verdict',
    version: 1,
    ...verdict,
    summary:
      findings[0]?.summary ??
      decisive
        .slice(0, summariesMax)
        .map((check) => check.summary)
        .join('; '),
    interrupted: endOf(history)?.interrupted ?? true,
    seed: plan.seed,
    replay: replayCommand(plan),
    checks,
    findings,
    counts,
    phases: phasesOf(history.entries).map(({ f, timeNs }) => ({ name: f, startNs: timeNs })),
    versions: versionsOf(history),
    durationSeconds: { ...durationsOf(history), check: checkSeconds },
  };
}

/**
 * A schedule is as small as somebody made it: what a run drawn from a seed would say too little with is all that this one asks. It
 * says nothing only where nothing of it took hold.
 */
const tookHold = ({ ok, ...faults }: RunCounts): boolean =>
  ok > 0 && (faults.faultsInstalled > 0 || faults.faultsSkipped + faults.faultsIndeterminate === 0);

const says = ({ verdict }: CheckResult): boolean =>
  !(verdict.verdict === 'unknown' && verdict.reason === 'vacuous');

/** A controller that was killed has left a history without its end; what it does not show it cannot vouch for. */
function completeness(history: History): CheckResult {
  const whole = endOf(history) !== undefined;
  return {
    checker: 'completeness',
    verdict: whole ? { verdict: 'valid' } : unknown('torn'),
    summary: whole
      ? 'the history is whole'
      : 'the history ends before the run did: no recovery and no final reads',
    findings: [],
  };
}

const endOf = (history: History): { interrupted: boolean } | undefined =>
  phasesOf(history.entries).find(({ f }) => f === 'done')?.value as
    | { interrupted: boolean }
    | undefined;

const phaseNames = new Set(['set-up', 'load', 'heal', 'recover', 'final-reads', 'done']);

const phasesOf = (entries: readonly Entry[]): Entry[] =>
  entries.filter(({ process, f }) => process === phaseProcess && phaseNames.has(f));

const gravity: readonly Finding['kind'][] = ['safety', 'liveness', 'note'];
const graver = (a: Finding, b: Finding): number =>
  gravity.indexOf(a.kind) - gravity.indexOf(b.kind);

function countsOf(entries: readonly Entry[]): RunCounts {
  const clients = { invoke: 0, ok: 0, fail: 0, info: 0 };
  const faults = { invoke: 0, ok: 0, fail: 0, info: 0 };
  for (const { process, type, f } of entries) {
    if (isClient(process)) clients[type] += 1;
    else if (isNemesis(process) && f === 'start') faults[type] += 1;
  }
  return {
    operations: clients.invoke,
    ok: clients.ok,
    fail: clients.fail,
    info: clients.invoke - clients.ok - clients.fail,
    faultsInstalled: faults.ok,
    faultsSkipped: faults.fail,
    faultsIndeterminate: faults.invoke - faults.ok - faults.fail,
  };
}

/** The mark of the set-up says what made the run. */
function versionsOf({ entries }: History): VerdictFile['versions'] {
  const said = phasesOf(entries).find(({ f }) => f === 'set-up')?.value as
    | Partial<VerdictFile['versions']>
    | undefined;
  return {
    dsp: said?.dsp ?? 'unknown',
    node: said?.node ?? 'unknown',
    toxiproxy: said?.toxiproxy ?? 'none',
  };
}

function durationsOf({ entries }: History): { setUp: number; run: number } {
  const loadNs = phasesOf(entries).find(({ f }) => f === 'load')?.timeNs ?? 0;
  const lastNs = entries.at(-1)?.timeNs ?? loadNs;
  return { setUp: loadNs / nsPerSecond, run: (lastNs - loadNs) / nsPerSecond };
}
