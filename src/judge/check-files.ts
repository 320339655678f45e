/** `dsp check FILE…`: judges history files, each on its own, and says of each what it came to in one row. */
import { dataError, DspError, exitStatus } from '../core/errors.ts';
import type { IsolationSummary } from '../core/isolation.ts';
import type { Budget, CheckerSpec } from '../core/seams/checker.ts';
import { combine } from '../core/verdict.ts';
import type { Finding, InvalidKind, UnknownReason, Verdict } from '../core/verdict.ts';
import type { FormatChoice, ReadOptions } from '../formats/read-history.ts';
import type { Judge } from './judge.ts';
import { openJudge } from './judge.ts';
import { malformed, notesOf, trusted } from './malformed.ts';
import type { CheckSource, Judgement } from './request.ts';

export interface CheckFileOptions extends ReadOptions {
  /** A name of the registry of checkers. */
  readonly checker: string;
  /** Options of the checker, by name. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** Of the linearizability checker. */
  readonly model?: string;
  /** The level that a checker of isolation judges. */
  readonly consistency?: string;
  /** What is claimed of the keys of `rw-register`. */
  readonly keys?: string;
  /** Reads a refused compare-and-set as evidence of another value. */
  readonly failedIsEvidence?: boolean;
  /** Of the linearizability checker. */
  readonly engine?: string;
  readonly format: FormatChoice;
  readonly budget: Budget;
  /** The folder of the run whose history the file is: checkers then see its traces and logs too. */
  readonly runFolder?: string;
}

/** One file's row, as `--json` prints it. */
export interface CheckRow extends Partial<IsolationSummary> {
  readonly file: string;
  readonly verdict: 'valid' | 'invalid' | 'unknown' | 'error';
  /** With `invalid`. */
  readonly kind?: InvalidKind;
  /** With `unknown`. */
  readonly reason?: UnknownReason;
  /** One sentence: why. */
  readonly summary: string;
  /** With `error`: what to do. */
  readonly hint?: string;
  readonly operations: number;
  /** What is wrong with the file, counted; the first of it is among the findings, as notes. */
  readonly problems: number;
  /** Without the time to read the file. */
  readonly checkMs: number;
  readonly findings: readonly Finding[];
}

/**
 * Yields a row for each file, in their order, as it is judged. A file that cannot be read gives a row too; a checker or
 * model that is not known is thrown, as a `usage` error.
 */
export async function* checkFiles(
  files: readonly string[],
  options: CheckFileOptions,
): AsyncGenerator<CheckRow> {
  await using judge = openJudge(options.budget);
  for (const file of files) yield await checkFileBy(judge, file, options);
}

/** Judges one file. A judge takes a quarter of a second to start: for many files, keep one and use `checkFileBy`. */
export async function checkFile(file: string, options: CheckFileOptions): Promise<CheckRow> {
  await using judge = openJudge(options.budget);
  return await checkFileBy(judge, file, options);
}

/** Judges one file by a judge that is already there. */
export async function checkFileBy(
  judge: Judge,
  file: string,
  options: CheckFileOptions,
): Promise<CheckRow> {
  const { format, budget, runFolder, strict = false, independent = 'auto' } = options;
  try {
    const source: CheckSource =
      runFolder === undefined
        ? { kind: 'file', path: file, format, strict, independent }
        : { kind: 'run', folder: runFolder };
    const judgement = await judge.judge({ source, checks: [specOf(options)], budget });
    return toRow(file, judgement);
  } catch (thrown) {
    if (!(thrown instanceof DspError) || thrown.code !== 'data') throw thrown;
    return unreadable(file, thrown);
  }
}

/** The row of a file that there is no verdict on. */
export const unreadable = (file: string, { message, hint }: DspError): CheckRow => ({
  file,
  verdict: 'error',
  summary: message.startsWith(file) ? message : `${file}: ${message}`,
  ...(hint === undefined ? {} : { hint }),
  operations: 0,
  problems: 0,
  checkMs: 0,
  findings: [],
});

/**
 * The exit status of all rows together: a violation is hidden by nothing, a file that could not be read by no verdict
 * but that, an undecided one by no valid one.
 */
export function exitStatusOfRows(rows: readonly CheckRow[]): number {
  const has = (verdict: CheckRow['verdict']) => rows.some((row) => row.verdict === verdict);
  if (has('invalid')) return exitStatus.invalid;
  if (has('error')) return exitStatus.data;
  return has('unknown') ? exitStatus.unknown : exitStatus.valid;
}

const specOf = ({
  checker,
  options,
  model,
  consistency,
  keys,
  failedIsEvidence,
  engine,
}: CheckFileOptions): CheckerSpec => ({
  checker,
  options: {
    ...options,
    ...(model === undefined ? {} : { model }),
    ...(consistency === undefined ? {} : { consistency }),
    ...(keys === undefined ? {} : { keys }),
    ...(failedIsEvidence === undefined ? {} : { failedIsEvidence }),
    ...(engine === undefined ? {} : { engine }),
  },
});

/** Throws a `data` error where so much is wrong that nothing is left to judge. */
function toRow(file: string, { operations, torn, problems, checks }: Judgement): CheckRow {
  const results = checks.map(({ result }) => result);
  const judged = combine(results.map((result) => result.verdict));
  if (problems.count > 0 && nothingToJudge(judged)) throw dataError(malformed(problems));
  const { verdict, note } = trusted(judged, torn, problems);
  const summaries = results.map(({ summary }) => summary);
  const checkMs = checks.reduce((sum, check) => sum + check.checkMs, 0);
  return {
    file,
    ...verdict,
    summary: [...note, ...summaries].join('; '),
    operations,
    problems: problems.count,
    checkMs: Math.round(checkMs * 1000) / 1000,
    ...results.find(({ isolation }) => isolation !== undefined)?.isolation,
    findings: [...results.flatMap(({ findings }) => findings), ...notesOf(problems)],
  };
}

const nothingToJudge = (verdict: Verdict): boolean =>
  verdict.verdict === 'unknown' && verdict.reason === 'vacuous';
