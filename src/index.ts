/// <reference lib="esnext.disposable" preserve="true" />
/**
 * The public API: what a `dsp.config.ts`, a shrunk run's test and a check of one's own history import, and the types of the files
 * that a run leaves.
 */
export { checkHistory } from '../checkers/check-history.ts';
export type { RecordedEntry } from '../checkers/check-history.ts';
export { linearizable } from '../checkers/linearizability/checker.ts';
export type { LinearizableOptions } from '../checkers/linearizability/checker.ts';
export { illegal } from '../checkers/linearizability/model.ts';
export type { Effect } from '../checkers/linearizability/model.ts';
export type { OwnModel as Model } from '../checkers/linearizability/own-model.ts';
export { makeChecker } from '../checkers/registry.ts';
export { defineSystem } from './config/define-system.ts';
export type {
  Asked,
  Environment,
  OwnSession,
  OwnStatus,
  Probe,
  SystemDefinition,
} from './config/define-system.ts';
export { configJsonSchema, defineConfig } from './config/define-config.ts';
export type { Config } from './config/schema.ts';
export { SessionError } from './core/error-registry.ts';
export type { SessionErrorCode } from './core/error-registry.ts';
export type { Entry, History, HistoryHeader } from './core/history/entry.ts';
export type { Operation } from './core/history/operation.ts';
export type { Plan } from './core/plan.ts';
export type { Budget, Checker, CheckerSpec } from './core/seams/checker.ts';
export type {
  Address,
  ConnectContext,
  NodeStatus,
  ServerNode,
  SessionCall,
  SessionCalls,
  Value,
} from './core/seams/system.ts';
export type { CheckResult, Finding, Verdict } from './core/verdict.ts';
export type { VerdictFile } from './store/verdict-file.ts';
export { readHistoryFile } from './formats/read-history.ts';
export type { FormatChoice, ReadOptions } from './formats/read-history.ts';
export type { ReadHistory } from './formats/history-builder.ts';
export { replayPlan } from './workers/replay-plan.ts';
export type { PlayedPlan } from './workers/replay-plan.ts';
