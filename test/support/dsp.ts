/** Runs the real command line, as a user does, and knows how to see whether anything of it is left. */
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { vi } from 'vitest';
import { groupState } from '../../src/runtimes/process/group.ts';
import { recordsFolder } from '../../src/runtimes/process/run-record.ts';
import type { RunRecord } from '../../src/runtimes/process/run-record.ts';

/** The launcher of this checkout. */
export const launcher = fileURLToPath(new URL('../../bin/dsp.js', import.meta.url));

/** A fresh folder for results, outside the checkout; the caller removes it. */
export const freshFolder = (): string => mkdtempSync(join(tmpdir(), 'dsp-e2e-'));

/** Starts `dsp …`; any exit status is an answer, none is thrown. `input` is what it finds on its standard input. */
export const dsp = (
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  input?: string,
) =>
  execa(process.execPath, [launcher, ...args], {
    reject: false,
    ...(input === undefined ? { stdin: 'ignore' } : { input }),
    env: { CI: 'true', NO_COLOR: '1', ...env },
    cleanup: true,
    forceKillAfterDelay: false,
  });

/** The record of the run that writes below `folder`, while it is running. */
export function recordOf(folder: string): RunRecord | undefined {
  return recordNames()
    .map((name) => JSON.parse(readFileSync(join(recordsFolder(), name), 'utf8')) as RunRecord)
    .find((record) => record.folder.startsWith(folder));
}

/** Resolves with the run's record once it has started as many groups as asked for. */
export const runningWith = (folder: string, groups: number): Promise<RunRecord> =>
  vi.waitUntil<RunRecord | undefined>(() => {
    const record = recordOf(folder);
    return record !== undefined && record.groups.length >= groups ? record : undefined;
  }, waiting);

/** Resolves when no group of the record is left and the record itself is gone. */
export async function nothingLeft(record: RunRecord): Promise<void> {
  await vi.waitUntil(() => record.groups.every(({ pid }) => groupState(pid) === 'gone'), waiting);
  await vi.waitUntil(() => !recordNames().includes(`${record.runId}.json`), waiting);
}

const waiting = { timeout: 30_000, interval: 50 };

function recordNames(): string[] {
  try {
    return readdirSync(recordsFolder()).filter((name) => name.endsWith('.json'));
  } catch {
    return [];
  }
}
