/** `dsp check FILE --report PATH`: the report of one history file, with what its check found. */
import { DspError, exitStatus, messageOf } from '../core/errors.ts';
import { invalid, unknown, valid } from '../core/verdict.ts';
import type { CheckResult, Verdict } from '../core/verdict.ts';
import { readHistoryFile } from '../formats/read-history.ts';
import type { CheckFileOptions, CheckRow } from '../judge/check-files.ts';
import type { JudgedFile } from '../report/file-report.ts';
import { renderFileReport } from '../report/render.ts';
import { recheckFileCommand } from '../run/replay.ts';
import { versions } from '../run/versions.ts';
import { say } from './output.ts';

/**
 * Of a row that has a verdict. Resolves to the exit status that the writing alone deserves: a report that cannot be
 * written hides no verdict, and is no success.
 */
export async function writeCheckReport(
  row: CheckRow,
  options: CheckFileOptions,
  path: string,
): Promise<number> {
  try {
    await renderFileReport(judgedFile(row, options), path);
    return exitStatus.valid;
  } catch (thrown) {
    say(`dsp: the report ${path} could not be written: ${messageOf(thrown)}`);
    return thrown instanceof DspError ? exitStatus[thrown.code] : exitStatus.environment;
  }
}

/** The file is read once more, for the judge that read it is a process of its own. */
function judgedFile(row: CheckRow, options: CheckFileOptions): JudgedFile {
  const asked = askedFor(options);
  return {
    path: row.file,
    history: readHistoryFile(row.file, options.format, options),
    check: checkOf(row, options.checker),
    notes: row.findings.filter(({ type }) => type === malformedHistory),
    asked,
    recheck: recheckFileCommand(row.file, asked),
    versions: versions(),
  };
}

/** The type of the notes on what is wrong with a file (`judge/malformed.ts`). */
const malformedHistory = 'malformed-history';

/** By the names of the flags; those that say nothing are left out. */
function askedFor(options: CheckFileOptions): JudgedFile['asked'] {
  const { checker, model, engine, consistency, keys, format, independent, strict } = options;
  const given = Object.entries(options.options ?? {}).map(
    ([name, value]) => `${name}=${JSON.stringify(value)}`,
  );
  const flags = {
    checker,
    model,
    engine,
    consistency,
    keys,
    option: given.length === 0 ? undefined : given,
    format: format === 'auto' ? undefined : format,
    independent: independent === 'auto' ? undefined : independent === 'yes',
    strict: strict === true ? true : undefined,
  };
  return Object.fromEntries(
    Object.entries(flags).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

function checkOf(row: CheckRow, checker: string): CheckResult {
  const { summary, findings, anomalyTypes, not, alsoNot } = row;
  return {
    checker,
    verdict: verdictOf(row),
    summary,
    findings: findings.filter(({ type }) => type !== malformedHistory),
    ...(anomalyTypes && not && alsoNot ? { isolation: { anomalyTypes, not, alsoNot } } : {}),
  };
}

function verdictOf({ file, verdict, kind, reason }: CheckRow): Verdict {
  if (verdict === 'valid') return valid;
  if (verdict === 'invalid' && kind !== undefined) return invalid(kind);
  if (verdict === 'unknown' && reason !== undefined) return unknown(reason);
  throw new Error(`${file} has no verdict to report`);
}
