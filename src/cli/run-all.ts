/** Runs plan after plan: one run tells all it found, of several each has a row; the exit status is the worst of all. */
import type { CompleteConfig } from '../config/schema.ts';
import { exitStatus } from '../core/errors.ts';
import type { Plan } from '../core/plan.ts';
import type { VerdictFile } from '../store/verdict-file.ts';
import { closingText } from '../gate/terminal.ts';
import { readJudgedRun } from '../gate/write-gate-files.ts';
import { runRow, tallyLine } from './closing.ts';
import type { Systems } from '../run/plan.ts';
import { shrinkCommand } from '../run/replay.ts';
import type { RunResult } from '../run/run.ts';
import { oneRun } from './one-run.ts';
import { print, printJson, say } from './output.ts';
import { runsOf } from './plans.ts';
import { paint } from './paint.ts';
import { annotate, writeReports } from './reports.ts';
import { statusOf, worstStatus } from './verdict-status.ts';

export interface RunAllOptions extends Pick<
  CompleteConfig,
  'repeat' | 'untilFail' | 'keep' | 'out'
> {
  readonly systems: Systems;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly checkDeterminism: boolean;
  /** Told of each run when it has been told of. */
  readonly onResult?: (result: RunResult) => void;
}

/** Resolves to the exit status. A signal ends the run that goes and starts no other. */
export async function runAll(plans: Iterable<Plan>, options: RunAllOptions): Promise<number> {
  const runs = runsOf(options);
  const tally = new Map<VerdictFile['verdict'], number>();
  const kept: VerdictFile[] = [];
  let status: number = exitStatus.valid;
  let ordinal = 0;
  for (const plan of plans) {
    const title = titleOf(plan, ++ordinal, runs);
    if (options.verbose) say(JSON.stringify(plan, null, 2));
    const { result, interruptedBy } = await oneRun(plan, {
      ...options,
      outFolder: options.out,
      title,
    });
    if (result !== undefined) {
      const { verdict } = result;
      status = worstStatus([status, statusOf(verdict), await writeReports(result.folder)]);
      tally.set(verdict.verdict, (tally.get(verdict.verdict) ?? 0) + 1);
      if (options.json) kept.push(verdict);
      tell(result, runs, options);
      options.onResult?.(result);
    }
    status = interruptedBy ?? status;
    if (interruptedBy !== undefined) break;
    if (options.untilFail && result?.verdict.verdict !== 'valid') break;
  }
  if (options.json) printJson(runs === 1 ? kept[0] : kept);
  else if (runs > 1 && tally.size > 0) print(tallyLine(tally));
  return status;
}

/** A run that failed has no verdict to be piped on: what went wrong is said, with `--json` too. */
function tell(
  result: RunResult,
  runs: number,
  { json, checkDeterminism }: Pick<RunAllOptions, 'json' | 'checkDeterminism'>,
): void {
  const text = runs === 1 ? closingText(readJudgedRun(result.folder), paint) : runRow(result);
  if (result.verdict.verdict === 'error') say(text);
  else if (!json) print(text);
  if (checkDeterminism && result.verdict.verdict !== 'error' && !json)
    print('  made twice   the same history and traces, byte for byte');
  if (!json && runs === 1 && result.verdict.verdict === 'invalid')
    print(`  ${paint('dim', 'make smaller')} ${shrinkCommand(result.folder)}`);
  if (!json) annotate(result.folder);
}

/** The seed is the first that is said of a run, and the last. */
function titleOf(plan: Plan, ordinal: number, runs: number): string {
  const nemesis = plan.nemeses.length === 0 ? 'no faults' : plan.nemeses.join(', ');
  const count = runs === 1 ? '' : `run ${ordinal}${Number.isFinite(runs) ? ` of ${runs}` : ''} · `;
  return `${count}seed ${plan.seed} · ${plan.system}, ${plan.workload}, ${nemesis} · ${plan.nodes} nodes, ${plan.timeLimitSeconds} s`;
}
