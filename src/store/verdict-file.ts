/** `verdict.json`: what a run came to. Its schema is versioned and documented in `results/README.md`. */
import type { CheckResult, Finding } from '../core/verdict.ts';

export interface VerdictFile {
  readonly format: 'dsp-verdict';
  readonly version: 1;
  readonly verdict: 'valid' | 'invalid' | 'unknown' | 'error';
  /** With `invalid`. */
  readonly kind?: 'safety' | 'liveness';
  /** With `unknown`. */
  readonly reason?: string;
  /** The harness or its environment failed: one sentence. The verdict is `error`, unless what there was is invalid. */
  readonly error?: string;
  readonly errorCode?: 'environment' | 'harness';
  readonly errorHint?: string;
  /** One sentence: why this verdict. */
  readonly summary: string;
  /** Ended by SIGINT or SIGTERM before its time; what there was has been judged. */
  readonly interrupted: boolean;
  readonly seed: string;
  /** The command that makes this run again. */
  readonly replay: string;
  /** The command that judges its history again. */
  readonly recheck: string;
  readonly checks: readonly CheckResult[];
  /** Those of all checks, the gravest first. */
  readonly findings: readonly Finding[];
  readonly counts: RunCounts;
  /** When each phase began, in true time since the origin. */
  readonly phases: readonly { readonly name: string; readonly startNs: number }[];
  readonly versions: { readonly dsp: string; readonly node: string; readonly toxiproxy: string };
  readonly durationSeconds: {
    readonly setUp: number;
    readonly run: number;
    readonly check: number;
  };
}

export interface RunCounts {
  readonly operations: number;
  readonly ok: number;
  readonly fail: number;
  readonly info: number;
  readonly faultsInstalled: number;
  readonly faultsSkipped: number;
  readonly faultsIndeterminate: number;
}
