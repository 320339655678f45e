/**
 * How fast virtual time goes: `node bench/simulator.ts [ROUNDS] [SEEDS]`, 5 and 200 when not given.
 *
 * Every figure is a ratio to true time: simulated seconds for each second of the wall, and for each second of a processor
 * (all threads of the process, garbage collection among them), of `replicated-log` with ten clients at 200 operations a
 * second under `partition`; checking and report are left out. The limit to stay above is 50 for five nodes. Then whole
 * runs of 30 seconds under every nemesis, judged, as a campaign makes them: runs a minute on one core, and how much
 * memory the last of them needs beside the first.
 */
import { nemeses } from '../nemeses/registry.ts';
import { systems } from '../nodes/systems.ts';
import { configSchema } from '../src/config/schema.ts';
import { settingsOf } from '../src/config/settings.ts';
import { nsPerSecond } from '../src/core/time.ts';
import { makePlan } from '../src/run/plan.ts';
import { judgeSimulated, simulate } from '../src/run/simulate.ts';

const rounds = Number(process.argv[2] ?? 5);
const seeds = Number(process.argv[3] ?? 200);
const limit = 50;

const planOf = (settings: object) =>
  makePlan(settingsOf(configSchema.parse({ runtime: 'sim', ...settings })), systems);

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

const spread = (values: readonly number[]): string =>
  [Math.min(...values), median(values), Math.max(...values)].map((x) => x.toFixed(1)).join(' / ');

const cpuSeconds = (since: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1e6;
};

/** Simulated seconds for a second of the wall, and of a processor. */
async function speedOf(nodes: number, seed: string): Promise<{ wall: number; cpu: number }> {
  const nemesis = ['partition'];
  const fair = { 'sim.weather': 'fair' };
  const plan = planOf({
    nodes,
    concurrency: 10,
    rate: 200,
    timeLimit: 30,
    nemesis,
    seed,
    option: fair,
  });
  const [beganMs, began] = [performance.now(), process.cpuUsage()];
  const { history, failure } = await simulate(plan, systems);
  if (failure !== undefined) throw failure;
  const seconds = history.entries.at(-1)!.timeNs / nsPerSecond;
  return {
    wall: (seconds * 1000) / (performance.now() - beganMs),
    cpu: seconds / cpuSeconds(began),
  };
}

for (const nodes of [3, 5, 9, 25]) {
  await speedOf(nodes, 'warm');
  const speeds = [];
  for (let round = 0; round < rounds; round++) speeds.push(await speedOf(nodes, String(round)));
  const [wall, cpu] = [speeds.map((each) => each.wall), speeds.map((each) => each.cpu)];
  const against = nodes === 5 ? `; median ÷ limit ${(median(wall) / limit).toFixed(2)}` : '';
  console.log(`${nodes} nodes: ${spread(wall)} simulated s/s, ${spread(cpu)} per CPU s${against}`);
}

const mebibytes = (): number => process.memoryUsage.rss() / 2 ** 20;
const nemesis = Object.keys(nemeses);
const [beganMs, began] = [performance.now(), process.cpuUsage()];
const memory: number[] = [];
let valid = 0;
for (let seed = 0; seed < seeds; seed++) {
  const plan = planOf({ nemesis, timeLimit: 30, seed: String(seed) });
  const { verdict } = await judgeSimulated(plan, await simulate(plan, systems));
  if (verdict === 'valid') valid += 1;
  memory.push(mebibytes());
}
const minutes = (performance.now() - beganMs) / 60_000;
const tenth = Math.max(1, Math.floor(seeds / 10));
const [first, last] = [memory.slice(tenth, 2 * tenth), memory.slice(-tenth)].map(median);
console.log(
  `${seeds} runs of 30 s under ${nemesis.join(', ')}, judged: ${(seeds / minutes).toFixed(0)} a minute, ` +
    `${((seeds * 60) / cpuSeconds(began)).toFixed(0)} a CPU minute, ${valid} valid`,
);
console.log(
  `memory, second tenth of the runs and last: ${first!.toFixed(0)} and ${last!.toFixed(0)} MiB, ratio ${(last! / first!).toFixed(2)}`,
);
