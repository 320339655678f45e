/** What becomes of a run when the ground under its cluster is gone: the daemon of its containers, say. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { systems } from '../../nodes/systems.ts';
import { statusOf } from '../../src/cli/verdict-status.ts';
import { configSchema } from '../../src/config/schema.ts';
import { settingsOf } from '../../src/config/settings.ts';
import { environmentError } from '../../src/core/errors.ts';
import { decodeHistory } from '../../src/core/history/codec.ts';
import type { Cluster, Runtime } from '../../src/core/seams/runtime.ts';
import { makePlan } from '../../src/run/plan.ts';
import { runPlan } from '../../src/run/run.ts';
import { processRuntime } from '../../src/runtimes/process/runtime.ts';
import { runtimes, type RuntimeEntry } from '../../src/runtimes/registry.ts';
import { freshFolder, nothingLeft, recordOf } from '../support/dsp.ts';

/** How the clusters of the next run are lost. */
let loss: Loss;
interface Loss {
  /** Aborted when the ground goes. */
  readonly ground: AbortController;
  /** What a real cluster becomes then. */
  readonly wrap?: (cluster: Cluster) => Partial<Cluster>;
}

const registry: Record<string, RuntimeEntry> = runtimes;
beforeAll(() => void (registry['quicksand'] = { ...runtimes.process, make: () => quicksand }));
afterAll(() => void delete registry['quicksand']);

/** Real nodes of this host, whose ground can be taken away. */
const quicksand: Runtime = {
  ...processRuntime({ toxiproxy: 'embedded' }),
  async start(spec, signal) {
    const cluster = await processRuntime({ toxiproxy: 'embedded' }).start(spec, signal);
    const { ground, wrap } = loss;
    return { ...cluster, ...wrap?.(cluster), lost: ground.signal };
  },
};

let out: string;
beforeEach(() => void (out = freshFolder()));
afterEach(() => rmSync(out, { recursive: true, force: true }));

const daemonGone = environmentError('the daemon has gone', 'start it again');

/** A run that loses its ground once the condition holds; far longer than this test would wait if nothing ended it. */
async function lose(until: 'under load' | 'set up', wrap?: Loss['wrap']) {
  loss = { ground: new AbortController(), ...(wrap === undefined ? {} : { wrap }) };
  const { ground } = loss;
  if (until === 'set up') ground.abort(daemonGone);
  const config = { seed: '1', nodes: 3, nemesis: ['partition'], timeLimit: 3600 };
  const settings = settingsOf(configSchema.parse({ ...config, runtime: 'quicksand' }));
  const record = Promise.withResolvers<NonNullable<ReturnType<typeof recordOf>>>();
  const { folder, verdict } = await runPlan(makePlan(settings, systems), {
    systems,
    outFolder: out,
    keep: false,
    signal: new AbortController().signal,
    stopNow: new AbortController().signal,
    onProgress({ progress, step }) {
      const running = recordOf(out);
      if (running !== undefined) record.resolve(running);
      if (step === 'load' && progress!.ok > 20) ground.abort(daemonGone);
    },
  });
  const history = decodeHistory(readFileSync(join(folder, 'history.jsonl'), 'utf8'), folder);
  return { verdict, history, record: record.promise };
}

/** What never answers. */
const silence = () => new Promise<never>(() => {});

describe('a run whose cluster is lost', () => {
  test('is an error of the environment, keeps its history, and leaves nothing', async () => {
    const { verdict, history, record } = await lose('under load');
    expect(verdict).toMatchObject({
      verdict: 'error',
      errorCode: 'environment',
      error: 'the daemon has gone',
      errorHint: 'start it again',
    });
    expect(statusOf(verdict)).toBe(69);
    expect(verdict.counts.ok).toBeGreaterThan(20);
    expect(history.torn).toBe(false);
    expect(history.entries.filter(({ type }) => type === 'ok').length).toBeGreaterThan(20);
    await nothingLeft(await record);
  });

  test('does not wait for links that no longer answer', async () => {
    const { verdict, record } = await lose('under load', ({ links }) => ({
      links: {
        ...links,
        heal: (link) => (loss.ground.signal.aborted ? silence() : links.heal(link)),
        healAll: () => (loss.ground.signal.aborted ? silence() : links.healAll()),
      },
    }));
    expect([verdict.verdict, statusOf(verdict)]).toEqual(['error', 69]);
    await nothingLeft(await record);
  });

  test('says what was lost, and not what could not be cleaned up for it', async () => {
    const { verdict } = await lose('under load', (cluster) => ({
      async [Symbol.asyncDispose]() {
        await cluster[Symbol.asyncDispose]();
        throw new Error('the network cannot be removed');
      },
    }));
    expect(verdict).toMatchObject({ error: 'the daemon has gone', errorCode: 'environment' });
  });

  test('before it has settled has a history of nothing', async () => {
    const { verdict, history } = await lose('set up');
    expect(statusOf(verdict)).toBe(69);
    expect(history.entries).toEqual([]);
    await vi.waitUntil(() => recordOf(out) === undefined, { timeout: 10_000, interval: 20 });
  });
});
