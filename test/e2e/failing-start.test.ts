import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { replicatedLog } from '../../nodes/replicated-log/system.ts';
import type { System } from '../../src/core/seams/system.ts';
import { processRuntime } from '../../src/runtimes/process/runtime.ts';
import { clusterSpec } from '../support/cluster-spec.ts';
import { dsp, freshFolder, recordOf } from '../support/dsp.ts';

let folder: string;
beforeEach(() => void (folder = freshFolder()));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const running = (name: string): System => ({
  ...replicatedLog,
  node: { kind: 'program', module: new URL(`../fixtures/programs/${name}.ts`, import.meta.url) },
});

const start = (system: System, toxiproxy = 'embedded', signal = new AbortController().signal) =>
  processRuntime({ toxiproxy }).start(
    clusterSpec({ system, runFolder: folder, readyTimeoutMs: 1500 }),
    signal,
  );

const nothingRecorded = () =>
  vi.waitUntil(() => recordOf(folder) === undefined, { timeout: 10_000, interval: 20 });

describe('a start that fails leaves nothing running and says why', () => {
  test('a node that dies at its start, with its last words', async () => {
    await expect(start(running('failing-node'))).rejects.toMatchObject({
      code: 'environment',
      message: expect.stringMatching(
        /^node n\d died at its start: exit code 3, saying "no disk today"$/,
      ) as string,
    });
    await nothingRecorded();
  });

  test('a node that never answers', async () => {
    await expect(start(running('idle-node'))).rejects.toMatchObject({
      code: 'environment',
      message: expect.stringMatching(/^node n\d did not answer within 1500 ms/) as string,
    });
    await nothingRecorded();
  });

  test('a start that is interrupted', async () => {
    const abort = new AbortController();
    const starting = start(running('idle-node'), 'embedded', abort.signal);
    await vi.waitUntil(() => (recordOf(folder)?.groups.length ?? 0) > 1, {
      timeout: 10_000,
      interval: 20,
    });
    abort.abort();
    await expect(starting).rejects.toBe(abort.signal.reason);
    await nothingRecorded();
  });

  test('a Toxiproxy that is demanded and not there: exit 69, one sentence, a verdict file that says error', async () => {
    const { exitCode, stderr, stdout } = await dsp([
      'test',
      '--toxiproxy',
      '/nowhere/toxiproxy-server',
      '--out',
      folder,
    ]);
    expect(exitCode, stderr).toBe(69);
    expect(stdout + stderr).toContain('/nowhere/toxiproxy-server');
    expect(stdout + stderr).not.toMatch(/^\s+at /m);
    const verdict = readFileSync(join(folder, 'latest', 'verdict.json'), 'utf8');
    expect(JSON.parse(verdict)).toMatchObject({ verdict: 'error', errorCode: 'environment' });
    await nothingRecorded();
  });
});
