/** A judged run in memory, for the renderers of gates: valid by default, with whatever a test changes. */
import { valid } from '../../src/core/verdict.ts';
import type { JudgedRun } from '../../src/gate/judged-run.ts';
import type { Plan } from '../../src/core/plan.ts';
import type { VerdictFile } from '../../src/store/verdict-file.ts';

const plan: Plan = {
  format: 'dsp-plan',
  version: 1,
  system: 'replicated-log',
  workload: 'register',
  nemeses: ['partition'],
  runtime: 'process',
  nodes: 5,
  concurrency: 10,
  rateOpsPerSec: 100,
  timeLimitSeconds: 30,
  seed: '42',
  bugs: [],
  options: {},
  stability: { faultSeconds: [4, 7], calmSeconds: [3, 6] },
  operationTimeoutMs: 1000,
  readyTimeoutMs: 15_000,
  recoveryBoundSeconds: 20,
  checkBudgetSeconds: 60,
  checkMemoryMegabytes: 2048,
  toxiproxy: 'auto',
  images: {},
};

const verdict: VerdictFile = {
  format: 'dsp-verdict',
  version: 1,
  verdict: 'valid',
  summary: 'every key has a linearization',
  interrupted: false,
  seed: '42',
  replay: 'dsp test --seed 42',
  recheck: 'dsp check results/run',
  checks: [
    {
      checker: 'linearizable',
      verdict: valid,
      summary: 'every key has a linearization',
      findings: [],
      figures: { keys: 3 },
    },
  ],
  findings: [],
  counts: {
    operations: 3,
    ok: 1,
    fail: 1,
    info: 1,
    faultsInstalled: 2,
    faultsSkipped: 0,
    faultsIndeterminate: 0,
  },
  phases: [],
  versions: { dsp: '0.1.0', node: '24.21.0', toxiproxy: 'embedded' },
  durationSeconds: { setUp: 1, run: 30, check: 0.5 },
};

/** The run with some of its verdict changed. */
export const judgedRun = (changes: Partial<VerdictFile> = {}): JudgedRun => ({
  folder: 'results/run',
  plan,
  verdict: { ...verdict, ...changes },
});

/** A run in which one checker found one thing. */
export const invalidRun = (summary: string, changes: Partial<VerdictFile> = {}): JudgedRun => {
  const findings = [
    { type: 'not-linearizable', kind: 'safety', summary, entries: [0, 7] },
  ] as const;
  const checks = [
    { checker: 'linearizable', verdict: { verdict: 'invalid', kind: 'safety' }, summary, findings },
  ] as const;
  return judgedRun({ verdict: 'invalid', kind: 'safety', summary, checks, findings, ...changes });
};

/** What a node might say to get out of the line, the cell, the attribute or the element that it is put in. */
export const hostileTexts = [
  '</script><img src=x onerror=alert(1)>',
  '\u001b[2J\u001b]0;owned\u0007',
  'a\n::error::forged\r\n::set-output name=x::y',
  '| a | b |\n|---|---|\n[x](javascript:alert(1)) ![i](http://evil) <b>&amp;',
  '```\n# heading\n```',
  '"]]>\u0000\ud800\ufffe &lt; \' %0A %25',
  '\u202egnp.exe @everyone www.evil.example https://evil.example',
];
