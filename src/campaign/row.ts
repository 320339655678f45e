/** One row of a campaign: what one run came to, small enough to keep thousands of. */
import { describeVerdict } from '../core/verdict.ts';
import { verdictWords } from '../gate/judged-run.ts';
import { replayCommand } from '../run/replay.ts';
import type { RunCounts, VerdictFile } from '../store/verdict-file.ts';
import type { BriefVerdict, Outcome } from '../workers/task.ts';
import type { PlannedRun } from './campaign.ts';

export interface Row extends Pick<VerdictFile, 'verdict' | 'kind' | 'reason' | 'errorCode'> {
  /** The cell's name. */
  readonly cell: string;
  readonly seed: string;
  /** One sentence: why this verdict. */
  readonly summary: string;
  /** Of one that is not valid: the first checker that says so, and the gravest finding's type. */
  readonly checker?: string;
  readonly finding?: string;
  /** Absent where the run was lost. */
  readonly counts?: RunCounts;
  readonly wallSeconds: number;
  /** Of the worker's process, without the nodes' where they have processes of their own. */
  readonly cpuSeconds: number;
  /** Of the worker's process when the run was over, all that it holds. */
  readonly memoryMegabytes?: number;
  /** Where the run's folder is kept, from the campaign's own. */
  readonly folder?: string;
  /** The command that makes this run again. */
  readonly replay: string;
}

/** Undefined for a run that was stopped before its time, unless what there was is invalid: that is hidden by nothing. */
export function rowOf({ cell, plan }: PlannedRun, outcome: Outcome): Row | undefined {
  const base = {
    cell: cell.name,
    seed: plan.seed,
    replay: replayCommand(plan),
    wallSeconds: rounded(outcome.wallSeconds),
  };
  if (outcome.how === 'stopped') return undefined;
  if (outcome.how !== 'judged')
    return {
      ...base,
      verdict: 'error',
      errorCode: 'harness',
      summary: `${outcome.how}: ${outcome.message}`,
      cpuSeconds: 0,
    };
  const { verdict, cpuSeconds, memoryMegabytes } = outcome;
  if (verdict.interrupted && verdict.verdict !== 'invalid') return undefined;
  return {
    ...base,
    ...wordsOf(verdict),
    summary: verdict.summary,
    ...blameOf(verdict),
    counts: verdict.counts,
    cpuSeconds: rounded(cpuSeconds),
    memoryMegabytes,
  };
}

const rounded = (seconds: number): number => Math.round(seconds * 1000) / 1000;

function wordsOf({ verdict, kind, reason, errorCode }: BriefVerdict) {
  return {
    verdict,
    ...(kind === undefined ? {} : { kind }),
    ...(reason === undefined ? {} : { reason }),
    ...(verdict === 'error' ? { errorCode: errorCode ?? ('harness' as const) } : {}),
  };
}

function blameOf(said: BriefVerdict): Pick<Row, 'checker' | 'finding'> {
  if (said.verdict === 'valid') return {};
  const decisive = said.checks.find(
    ({ verdict }) => verdict.verdict !== 'valid' && describeVerdict(verdict) === verdictWords(said),
  );
  const [finding] = said.findings;
  return {
    ...(decisive === undefined ? {} : { checker: decisive.checker }),
    ...(finding === undefined ? {} : { finding: finding.type }),
  };
}
