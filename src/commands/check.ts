/** `dsp check`: judges runs again, and histories of others. */
import { Args, Flags } from '@oclif/core';
import { verdictColours } from '../cli/closing.ts';
import { DspCommand } from '../cli/command.ts';
import { positiveNumber } from '../cli/number-flag.ts';
import { print, printJson, say } from '../cli/output.ts';
import { paint } from '../cli/paint.ts';
import { table } from '../cli/table.ts';
import { worstStatus } from '../cli/verdict-status.ts';
import { exitStatus, usageError } from '../core/errors.ts';
import type { Independent } from '../formats/independent.ts';
import type { CheckRow } from '../judge/check-files.ts';

const [secondsDefault, megabytesDefault] = [60, 2048];

export class Check extends DspCommand {
  static override summary = 'judge runs again, and history files of others';
  static override description =
    "A run's folder is judged by the checkers of its workload; a history file by --checker. " +
    'Exits with the worst: 1 invalid, 65 a file that cannot be read, 2 unknown, 0 valid.';
  static override examples = [
    'dsp check results/latest',
    'dsp check history.log --model cas-register',
    'dsp check *.txt --checker linearizable --model kv --json',
    'dsp check history.edn --checker list-append --consistency serializable',
    'dsp check history.edn --checker bank --option total=100 --option negativeBalances=true',
    'dsp check history.edn --checker list-append --report report.html',
    'zcat history.edn.gz | dsp check - --checker list-append',
  ];
  static override usage = 'check PATH... [FLAGS]';
  static override args = {
    path: Args.string({
      required: true,
      multiple: true,
      ignoreStdin: true,
      description:
        "run folders, or history files of Jepsen, elle-cli, Porcupine's kv or dsp; - is the standard input",
    }),
  };
  static override flags = {
    checker: Flags.string({
      helpValue: 'linearizable',
      summary: 'dsp list checkers [linearizable]',
    }),
    model: Flags.string({
      helpValue: 'cas-register',
      summary: 'of what: register, cas-register, kv, mutex, counter, set, queue or multi-register',
    }),
    engine: Flags.string({
      helpValue: 'porcupine',
      summary: 'of the linearizability checker: dsp, or porcupine for reference [dsp]',
    }),
    consistency: Flags.string({
      helpValue: 'PL-SI',
      summary: 'isolation level that is claimed [strict-serializable]',
    }),
    keys: Flags.string({
      helpValue: 'wfr',
      summary: 'writes are ordered by: wfr, sequential, linearizable',
    }),
    option: Flags.string({
      multiple: true,
      multipleNonGreedy: true,
      helpValue: 'total=100',
      summary: 'KEY=VALUE, an option of the checker; docs/checkers.md has them',
    }),
    format: Flags.string({
      helpValue: 'jepsen-log',
      summary: 'auto, jsonl, jepsen-log, porcupine-kv, elle-cli-json or edn [auto]',
    }),
    independent: Flags.boolean({
      allowNo: true,
      summary: 'values are [key value] pairs of independent objects [told from the reads]',
    }),
    strict: Flags.boolean({
      summary: 'stop at the first line that is wrong, instead of naming it and going on',
    }),
    'budget-seconds': Flags.string({
      helpValue: '60',
      summary: `after which a history is unknown [${secondsDefault}]`,
    }),
    'budget-megabytes': Flags.string({
      helpValue: '500',
      summary: `of memory, with which a history is unknown [${megabytesDefault}]`,
    }),
    report: Flags.string({
      helpValue: 'report.html',
      summary: 'also write an HTML report of the history file to there',
    }),
    json: Flags.boolean({ summary: 'print one array with an object for each path' }),
  };

  override async run(): Promise<number> {
    const { args, flags } = await this.parse(Check);
    const { checkPath, checkerOf, isFolder } = await import('../cli/check-path.ts');
    const { exitStatusOfRows } = await import('../judge/check-files.ts');
    const { checkerOptions } = await import('../cli/checker-options.ts');
    const { openJudge } = await import('../judge/judge.ts');
    const { formatChoice, standardInput } = await import('../formats/read-history.ts');
    const seconds = numberOf('--budget-seconds', flags['budget-seconds']);
    const megabytes = numberOf('--budget-megabytes', flags['budget-megabytes']);
    if (flags.report !== undefined && (args.path.length !== 1 || isFolder(args.path[0]!)))
      throw usageError(
        '--report is of one history file',
        'a run has its report in its folder; dsp report renders it again',
      );
    const options = {
      checker: flags.checker,
      ...(flags.option === undefined ? {} : { options: checkerOptions(flags.option) }),
      ...(flags.model === undefined ? {} : { model: flags.model }),
      ...(flags.engine === undefined ? {} : { engine: flags.engine }),
      ...(flags.keys === undefined ? {} : { keys: flags.keys }),
      ...(flags.consistency === undefined ? {} : { consistency: flags.consistency }),
      format: formatChoice(flags.format ?? 'auto'),
      strict: flags.strict,
      independent: independentOf(flags.independent),
      planned: {
        ...(seconds === undefined ? {} : { checkBudgetSeconds: seconds }),
        ...(megabytes === undefined ? {} : { checkMemoryMegabytes: megabytes }),
      },
      budget: {
        timeMsMax: (seconds ?? secondsDefault) * 1000,
        memoryBytesMax: (megabytes ?? megabytesDefault) * 2 ** 20,
      },
    };
    const paths = args.path.map((path) => (standardInputs.has(path) ? standardInput : path));
    const piped = paths.filter((path) => path === standardInput).length;
    if (piped > 1 || (piped === 1 && flags.report !== undefined))
      throw usageError('the standard input can be read once', 'write it to a file, and check that');
    await using judge = openJudge({ ...options.budget, stdin: piped > 0 ? 'inherit' : 'ignore' });
    const rows: CheckRow[] = [];
    let reported: number = exitStatus.valid;
    for (const path of paths) {
      const row = await checkPath(judge, path, options);
      rows.push(row);
      if (row.verdict === 'error') sayError(row);
      else if (flags.report !== undefined) {
        const { writeCheckReport } = await import('../cli/check-report.ts');
        const asked = { ...options, checker: checkerOf(options) };
        reported = await writeCheckReport(row, asked, flags.report);
      }
    }
    if (flags.json) printJson(rows);
    else if (rows.some(({ verdict }) => verdict !== 'error')) print(shown(rows));
    return worstStatus([exitStatusOfRows(rows), reported]);
  }
}

/** Of a judge, in a process of its own, they would be another's. */
const standardInputs = new Set(['/dev/stdin', '/dev/fd/0', '/proc/self/fd/0']);

const independentOf = (flag: boolean | undefined): Independent =>
  flag === undefined ? 'auto' : flag ? 'yes' : 'no';

const numberOf = (flag: string, text: string | undefined): number | undefined =>
  text === undefined ? undefined : positiveNumber(flag, text, { whole: false });

const sayError = ({ summary, hint }: CheckRow): void =>
  say(`dsp: ${summary}${hint === undefined ? '' : `\n  hint: ${hint}`}`);

/** One path is told with its findings, many a row each. */
function shown(rows: readonly CheckRow[]): string {
  const [first] = rows;
  if (rows.length === 1 && first !== undefined)
    return [`${verdictOf(first)}: ${first.summary}`, ...findingsOf(first)].join('\n');
  return table(
    rows.map((row) => [
      verdictOf(row),
      `${row.operations} operations`,
      `${row.checkMs} ms`,
      row.file,
      row.verdict === 'valid' ? '' : row.summary,
    ]),
  );
}

const findingsOf = ({ findings }: CheckRow): string[] =>
  findings.map(({ kind, type, summary }) => `  ${kind} · ${type} · ${summary}`);

function verdictOf({ verdict, kind, reason }: CheckRow): string {
  const why = kind ?? reason;
  return paint(verdictColours[verdict], why === undefined ? verdict : `${verdict} (${why})`);
}
