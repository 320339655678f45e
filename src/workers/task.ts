/** What a worker is asked for, and what it answers: plain data, for both cross into a process of its own and back. */
import type { Plan } from '../core/plan.ts';
import type { CheckResult, Finding } from '../core/verdict.ts';
import type { VerdictFile } from '../store/verdict-file.ts';

export interface Task {
  readonly plan: Plan;
  /**
   * `simulate`: in memory, under the simulator, whatever runtime the plan names; nothing is left of it. `run`: under the
   * plan's own runtime, in a folder.
   */
  readonly mode: 'simulate' | 'run';
  /** With `run`: where its folder is made and left. Without one it is made elsewhere, and removed when it is judged. */
  readonly outFolder?: string;
  /** Of the host's time. A worker that takes longer is ended, and the outcome is `hung`. */
  readonly secondsMax: number;
}

export type Outcome = Judged | Unjudged;

export interface Judged {
  readonly how: 'judged';
  readonly verdict: BriefVerdict;
  /** Of a `run` that was asked to leave one. */
  readonly folder?: string;
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
}

/**
 * `crashed`: the process ended by itself, out of memory say. `hung`: it took longer than it may. `stopped`: its signal came
 * before it was judged. `failed`: it could not even be begun. After any but the last the next task has a fresh process.
 */
export interface Unjudged {
  readonly how: 'crashed' | 'hung' | 'stopped' | 'failed';
  readonly message: string;
  readonly wallSeconds: number;
}

/** What a verdict file says, but for what is drawn of it: who wants that too makes the run again. */
export interface BriefVerdict extends Pick<
  VerdictFile,
  'verdict' | 'kind' | 'reason' | 'error' | 'summary' | 'interrupted' | 'seed' | 'counts'
> {
  readonly findings: readonly Omit<Finding, 'details'>[];
  readonly checks: readonly Pick<CheckResult, 'checker' | 'verdict' | 'summary'>[];
  readonly durationSeconds: VerdictFile['durationSeconds'];
}

/** What the worker's process is told. */
export type ToWorker =
  | { readonly kind: 'task'; readonly task: Task }
  /** Heal, judge what there is. */
  | { readonly kind: 'stop' }
  | { readonly kind: 'stop-now' };

/** What it says. */
export type FromWorker =
  | ({ readonly kind: 'judged' } & Pick<Judged, 'verdict' | 'folder' | 'cpuSeconds'>)
  | { readonly kind: 'failed'; readonly message: string };
