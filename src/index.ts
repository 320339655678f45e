/// <reference lib="esnext.disposable" preserve="true" />
/** The public API: what a `dsp.config.ts` imports, and the types of the files that a run leaves. */
export { configJsonSchema, defineConfig } from './config/schema.ts';
export type { Config } from './config/schema.ts';
export type { Entry, History, HistoryHeader } from './core/history/entry.ts';
export type { Plan } from './core/plan.ts';
export type { CheckResult, Finding, Verdict } from './core/verdict.ts';
export type { VerdictFile } from './store/verdict-file.ts';
