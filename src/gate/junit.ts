/**
 * `junit.xml`: a test suite for each run, in it a test case for each checker, and one for the run itself.
 *
 * `invalid` is a failure: what was tested did not keep its promise. `unknown` is an error, as is a harness that failed:
 * JUnit's word for a test that could not be carried out. It is not `skipped`, which continuous integration counts as
 * passed; a run that proved nothing must stop a release as surely as one that found something.
 */
import { visibleLine, visibleText } from '../core/visible-text.ts';
import type { CheckResult } from '../core/verdict.ts';
import { describeVerdict } from '../core/verdict.ts';
import { runName, verdictWords } from './judged-run.ts';
import type { JudgedRun } from './judged-run.ts';

/** The whole file. */
export function junitXml(runs: readonly JudgedRun[]): string {
  const suites = runs.map(suiteOf);
  const sum = (of: (suite: Suite) => number) => suites.reduce((all, suite) => all + of(suite), 0);
  const totals = attributes({
    tests: sum((suite) => suite.cases.length),
    failures: sum(failuresOf),
    errors: sum(errorsOf),
    time: sum((suite) => suite.seconds).toFixed(3),
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="dsp"${totals}>`,
    ...suites.map(suiteXml),
    '</testsuites>',
    '',
  ].join('\n');
}

interface Suite {
  readonly run: JudgedRun;
  readonly name: string;
  readonly seconds: number;
  readonly cases: readonly Case[];
}

interface Case {
  readonly name: string;
  readonly seconds: number;
  readonly outcome: 'passed' | 'failure' | 'error';
  /** `invalid (safety)`. */
  readonly type: string;
  readonly message: string;
  readonly text: string;
}

function suiteOf(run: JudgedRun): Suite {
  const { setUp, run: load, check } = run.verdict.durationSeconds;
  return {
    run,
    name: `${runName(run.plan)} seed ${run.plan.seed}`,
    seconds: setUp + load + check,
    cases: [caseOfRun(run), ...run.verdict.checks.map((each) => caseOfCheck(run, each))],
  };
}

/** Whether the run came to its end. One that was interrupted has not shown what it was asked to show. */
function caseOfRun({ verdict, folder }: JudgedRun): Case {
  const { error, errorHint, interrupted, durationSeconds } = verdict;
  const broken = error !== undefined || verdict.verdict === 'error' || interrupted;
  const message = error ?? (interrupted ? 'the run was interrupted before its time' : '');
  return {
    name: 'run',
    seconds: durationSeconds.setUp + durationSeconds.run,
    outcome: broken ? 'error' : 'passed',
    type: error === undefined ? 'interrupted' : 'error',
    message: message === '' ? verdict.summary : message,
    text: [errorHint, folder].filter((part) => part !== undefined).join('\n'),
  };
}

const outcomes = { valid: 'passed', invalid: 'failure', unknown: 'error' } as const;

function caseOfCheck({ verdict }: JudgedRun, check: CheckResult): Case {
  const findings = check.findings.map(
    (finding) => `${finding.type} (${finding.kind}): ${visibleLine(finding.summary)}`,
  );
  return {
    name: check.checker,
    seconds: 0,
    outcome: outcomes[check.verdict.verdict],
    type: describeVerdict(check.verdict),
    message: check.summary,
    text: [...findings, `repeat: ${verdict.replay}`, `judge again: ${verdict.recheck}`].join('\n'),
  };
}

const failuresOf = ({ cases }: Suite): number =>
  cases.filter((each) => each.outcome === 'failure').length;
const errorsOf = ({ cases }: Suite): number =>
  cases.filter((each) => each.outcome === 'error').length;

function suiteXml(suite: Suite): string {
  const { run, cases } = suite;
  const own = attributes({
    name: suite.name,
    tests: cases.length,
    failures: failuresOf(suite),
    errors: errorsOf(suite),
    skipped: 0,
    time: suite.seconds.toFixed(3),
  });
  const properties = {
    verdict: verdictWords(run.verdict),
    seed: run.verdict.seed,
    folder: run.folder,
    replay: run.verdict.replay,
    recheck: run.verdict.recheck,
    ...run.verdict.versions,
  };
  return [
    `  <testsuite${own}>`,
    '    <properties>',
    ...Object.entries(properties).map(
      ([name, value]) => `      <property${attributes({ name, value })}/>`,
    ),
    '    </properties>',
    ...cases.map((each) => caseXml(runName(run.plan), each)),
    '  </testsuite>',
  ].join('\n');
}

function caseXml(className: string, { name, seconds, outcome, type, message, text }: Case): string {
  const own = attributes({ classname: className, name, time: seconds.toFixed(3) });
  if (outcome === 'passed') return `    <testcase${own}/>`;
  return [
    `    <testcase${own}>`,
    `      <${outcome}${attributes({ type, message })}>${escaped(visibleText(text))}</${outcome}>`,
    '    </testcase>',
  ].join('\n');
}

const attributes = (of: Readonly<Record<string, string | number>>): string =>
  Object.entries(of)
    .map(([name, value]) => ` ${name}="${escaped(visibleLine(String(value)))}"`)
    .join('');

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign]!);
