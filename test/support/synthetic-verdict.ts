/** Verdict files of each kind for synthetic runs. */
import type { Entry, History } from '../../src/core/history/entry.ts';
import { pair } from '../../src/core/history/operation.ts';
import type { Plan } from '../../src/core/plan.ts';
import { invalid, unknown, valid } from '../../src/core/verdict.ts';
import type { CheckResult, Finding } from '../../src/core/verdict.ts';
import type { VerdictFile } from '../../src/store/verdict-file.ts';
import { originNs } from './synthetic-history.ts';

/** `finding` is the planted one, with kind `invalid`. */
export function syntheticVerdict(
  kind: VerdictFile['verdict'],
  plan: Plan,
  history: History,
  finding?: Finding,
): VerdictFile {
  const checks = kind === 'error' ? [] : checksOf(kind, finding);
  const phases = history.entries.filter((entry) => entry.process === 'phase');
  return {
    format: 'dsp-verdict',
    version: 1,
    verdict: kind,
    ...outcomes[kind],
    summary: finding?.summary ?? summaries[kind],
    interrupted: kind === 'error',
    seed: plan.seed,
    replay: `dsp test --system ${plan.system} --workload ${plan.workload} --nemesis partition --seed ${plan.seed}`,
    recheck: `dsp check results/replicated-log-register-partition/20261123T214807-000Z-${plan.seed}`,
    checks,
    findings: checks.flatMap((check) => check.findings),
    counts: countsOf(history.entries),
    phases: phases.map(({ f, timeNs }) => ({ name: f, startNs: timeNs })),
    versions: { dsp: '0.1.0', node: '24.21.0', toxiproxy: 'toxiproxy 2.12.0' },
    durationSeconds: { setUp: 1.9, run: 63.4, check: 0.8 },
  };
}

const outcomes = {
  valid: {},
  invalid: { kind: 'safety' },
  unknown: { reason: 'vacuous' },
  error: {
    error: 'node n3 ended by itself with status 1 while it was not being killed',
    errorCode: 'environment',
    errorHint: 'read nodes/n3/stderr.log',
  },
} as const;

const summaries = {
  valid:
    '24 keys are each linearizable under 6 partitions, and every client recovered within 1.3 s',
  invalid: 'not linearizable',
  unknown: 'no fault was in force while an operation was in flight, so this run proves nothing',
  error: 'the run ended after 9 s because node n3 ended by itself',
} as const;

function checksOf(
  kind: 'valid' | 'invalid' | 'unknown',
  finding: Finding | undefined,
): CheckResult[] {
  return [
    {
      checker: 'linearizable',
      verdict: finding === undefined ? valid : invalid('safety'),
      summary: finding?.summary ?? 'every one of 24 keys has a linearization',
      findings: finding === undefined ? [] : [finding],
      figures: { keys: 24, operationsPerKeyMax: 131 },
    },
    ...(kind === 'invalid' ? [twoLeaders] : []),
    {
      checker: 'availability',
      verdict: kind === 'unknown' ? unknown('vacuous') : valid,
      summary:
        kind === 'unknown'
          ? 'no fault was in force while an operation was in flight'
          : 'every client had an answer within 1.3 s of healing',
      findings: [],
      figures: { recoverySeconds: 1.3, faultsInForce: 6 },
    },
  ];
}

const event = (node: string, second: number) => ({
  node,
  timeNs: originNs + second * 1e9,
  event: 'leader-elected',
  generation: 4,
});

const twoLeaders: CheckResult = {
  checker: 'one-leader-per-generation',
  verdict: invalid('safety'),
  summary: 'n2 and n5 both led generation 4',
  findings: [
    {
      type: 'two-leaders-in-a-generation',
      kind: 'safety',
      summary: 'n2 and n5 both led generation 4',
      entries: [],
      details: { events: [event('n2', 21.4), event('n5', 21.9)] },
    },
  ],
};

function countsOf(entries: readonly Entry[]): VerdictFile['counts'] {
  const { operations } = pair(entries);
  const count = (outcome: string) => operations.filter((each) => each.outcome === outcome).length;
  const starts = (type: string) =>
    entries.filter(
      (each) =>
        String(each.process).startsWith('nemesis:') && each.f === 'start' && each.type === type,
    ).length;
  return {
    operations: operations.length,
    ok: count('ok'),
    fail: count('fail'),
    info: count('info'),
    faultsInstalled: starts('ok'),
    faultsSkipped: starts('fail'),
    faultsIndeterminate: starts('info'),
  };
}
