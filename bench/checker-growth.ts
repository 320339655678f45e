/**
 * How the cost of checking linearizability grows with the history: `npm run bench:growth -- [operations…] [--plot growth.svg]`.
 *
 * Times are the best of several, from the columns of a history to the verdict, of registers of right histories; `growth` is
 * how many times the time of the size before, `--plot` draws the time of one operation at each size.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { decide } from '../checkers/linearizability/decide.ts';
import { casRegister } from '../checkers/linearizability/models/register.ts';
import { growthPlot } from './growth-plot.ts';
import type { Growth } from './growth-plot.ts';
import { inColumns } from './in-columns.ts';
import { simulatedHistory } from './simulated-history.ts';
import type { SimulatedHistory } from './simulated-history.ts';
import { timesOf } from './times-of.ts';

const one = { operationsPerKey: Number.POSITIVE_INFINITY, keysAtATime: 1 };
const many = (operations: number) => ({
  operationsPerKey: 100,
  keysAtATime: operations / 100,
  values: 5,
});

type Case = (operations: number) => Partial<SimulatedHistory>;

const cases: Readonly<Record<string, Case>> = {
  '100 operations a key, 5 values': many,
  'the same, 5 % unknown': (operations) => ({ ...many(operations), unknown: 5 }),
  'busy keys of 120 operations': () => ({}),
  'one register, unique values': () => ({ ...one, compareAndSets: 0 }),
  'one register, 5 values, 5 clients': () => ({ ...one, values: 5, clients: 5 }),
  'the same, 1 % unknown': () => ({ ...one, values: 5, clients: 5, unknown: 1 }),
};

const reading = { engine: 'dsp', failedIsEvidence: false } as const;
const budget = { timeMsMax: 120_000, memoryBytesMax: 2 ** 31 };
const model = casRegister();

/** The best of several times, in milliseconds. */
async function measured(name: string, of: Case, operations: number): Promise<number> {
  const history = inColumns(simulatedHistory({ operations, ...of(operations) }));
  const times = await timesOf(500, () => {
    const { violations, undecided } = decide(model, history, reading, budget);
    if (violations.length + undecided.length > 0) throw new Error(`${name} was not found valid`);
  });
  return Math.min(...times);
}

const { values: given, positionals } = parseArgs({
  allowPositionals: true,
  options: { plot: { type: 'string' } },
});
const sizes = positionals.length > 0 ? positionals.map(Number) : [1000, 10_000, 100_000, 1_000_000];
console.log(`${' '.repeat(36)}operations        ms    growth`);
const growths: Growth[] = [];
for (const [name, of] of Object.entries(cases)) {
  const points: { size: number; ms: number }[] = [];
  for (const size of sizes) {
    const ms = await measured(name, of, size);
    const growth = points.length === 0 ? '' : `×${(ms / points.at(-1)!.ms).toFixed(1)}`;
    points.push({ size, ms });
    console.log(
      `${name.padEnd(36)}${String(size).padStart(10)}${ms.toFixed(2).padStart(10)}${growth.padStart(10)}`,
    );
  }
  growths.push({ name, points });
}
if (given.plot !== undefined)
  writeFileSync(
    given.plot,
    growthPlot('Linearizability: microseconds for one operation, by operations', growths),
  );
