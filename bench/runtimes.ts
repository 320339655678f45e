/**
 * What containers cost beside processes: the same cluster, workload and clients under both runtimes in turn, as fast as
 * they go and with no faults: `node bench/runtimes.ts [SECONDS] [ROUNDS]`, 10 and 3 when not given.
 *
 * Prints each runtime's operations a second under load and its set-up time, least, median and most, and the ratio of the
 * medians. Needs a Docker daemon, and `DSP_IMAGE` where no image registry can be reached.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { plansOf } from '../src/cli/plans.ts';
import { knownSystems } from '../src/run/known-systems.ts';
import { resolveConfig } from '../src/config/resolve.ts';
import { runPlan } from '../src/run/run.ts';

const timeLimit = process.argv[2] ?? '10';
const rounds = Number(process.argv[3] ?? 3);
const names = ['process', 'docker'] as const;

interface Figures {
  readonly opsPerSec: number;
  readonly setUpSeconds: number;
}

const systems = knownSystems(undefined);
const never = new AbortController().signal;

async function measure(runtime: string): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), 'dsp-bench-'));
  try {
    const flags = { runtime: [runtime], rate: ['max'], timeLimit: [timeLimit], seed: ['bench'] };
    const { environment, path } = { environment: process.env, path: undefined };
    const config = await resolveConfig({ flags, environment, path, folder });
    const plan = plansOf(config, systems).next().value;
    const options = { outFolder: folder, keep: false, systems, signal: never, stopNow: never };
    const { verdict } = await runPlan(plan, options);
    if (verdict.verdict === 'error') throw new Error(verdict.summary);
    const { setUp: setUpSeconds } = verdict.durationSeconds;
    return { opsPerSec: verdict.counts.ok / Number(timeLimit), setUpSeconds };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

const spread = (values: readonly number[], unit: string): string =>
  `${[Math.min(...values), median(values), Math.max(...values)].map((each) => each.toFixed(1)).join(' / ')} ${unit}`;

const figures = new Map(names.map((name) => [name, [] as Figures[]]));
for (let round = 0; round < rounds; round++) {
  for (const name of names) figures.get(name)!.push(await measure(name));
}
for (const [name, each] of figures) {
  const ops = each.map(({ opsPerSec }) => opsPerSec);
  const setUps = each.map(({ setUpSeconds }) => setUpSeconds);
  console.log(`${name}: ${spread(ops, 'ok/s')}; set-up ${spread(setUps, 's')}`);
}
const [host, docker] = names.map((name) =>
  median(figures.get(name)!.map((each) => each.opsPerSec)),
);
console.log(`docker ÷ process: ${(docker! / host!).toFixed(2)}`);
