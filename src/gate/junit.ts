/**
 * `junit.xml`: a test suite for each run, in it a test case for each checker, and one for the run itself.
 *
 * `invalid` is a failure: what was tested did not keep its promise. `unknown` is an error, as is a harness that failed:
 * JUnit's word for a test that could not be carried out. It is not `skipped`, which continuous integration counts as
 * passed; a run that proved nothing must stop a release as surely as one that found something.
 */
import { visibleLine } from '../core/visible-text.ts';
import type { CheckResult } from '../core/verdict.ts';
import { describeVerdict } from '../core/verdict.ts';
import { runName, verdictWords } from './judged-run.ts';
import type { JudgedRun } from './judged-run.ts';
import { suitesXml, type Case, type Suite } from './junit-xml.ts';

/** The whole file. */
export const junitXml = (runs: readonly JudgedRun[]): string => suitesXml(runs.map(suiteOf));

function suiteOf(run: JudgedRun): Suite {
  const { verdict, plan, folder } = run;
  const { setUp, run: load, check } = verdict.durationSeconds;
  return {
    name: `${runName(plan)} seed ${plan.seed}`,
    className: runName(plan),
    seconds: setUp + load + check,
    properties: {
      verdict: verdictWords(verdict),
      seed: verdict.seed,
      folder,
      replay: verdict.replay,
      recheck: verdict.recheck,
      ...verdict.versions,
    },
    cases: [caseOfRun(run), ...verdict.checks.map((each) => caseOfCheck(run, each))],
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

/** What each verdict is in JUnit's words. */
export const outcomes = {
  valid: 'passed',
  invalid: 'failure',
  unknown: 'error',
  error: 'error',
} as const;

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
