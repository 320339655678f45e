/**
 * How fast isolation is checked: `npm run bench:isolation -- [transactions…] [--plot growth.svg]`.
 *
 * Processor times, from the columns of a history as they are after parsing to the verdict with its findings: the first time is cold, the other the
 * best of three; of that, `reading` pairs transactions and looks at their micro-operations; the rest is the check.
 * `memory` is how much more the process had at most while it checked than before, `growth` how many times the best time of the size before; `--plot` draws it.
 * Rings are one component each, of ten thousand transactions.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { weakIsolationFrom } from '../checkers/isolation/weak/checker.ts';
import { rwRegisterFrom } from '../checkers/isolation/rw-register/checker.ts';
import { listAppendFrom } from '../checkers/isolation/list-append/checker.ts';
import { lists } from '../checkers/isolation/list-append/lists.ts';
import { registers } from '../checkers/isolation/rw-register/registers.ts';
import { readTransactions } from '../checkers/isolation/read-transactions.ts';
import { meterOf } from '../checkers/isolation/meter.ts';
import { simulate } from '../checkers/isolation/database.fixture.ts';
import type { DatabaseOptions } from '../checkers/isolation/database.fixture.ts';
import { ring } from '../checkers/isolation/cycles/ring.fixture.ts';
import type { RingKind } from '../checkers/isolation/cycles/ring.fixture.ts';
import type { Kind } from '../checkers/isolation/read-transactions.ts';
import { entryCount } from '../src/core/history/entry-columns.ts';
import type { History } from '../src/core/history/entry.ts';
import type { NamedChecker } from '../checkers/spec.ts';
import { seededRandom } from '../src/core/random.ts';
import { traceOf } from '../src/core/trace.ts';
import { describeVerdict } from '../src/core/verdict.ts';
import { growthPlot } from './growth-plot.ts';
import { inColumns } from './in-columns.ts';

type Case = readonly [name: string, options: Omit<DatabaseOptions, 'transactions'>, NamedChecker];

/** Processor time in milliseconds: on a machine that others use too, the wall says little. */
function timed<T>(work: () => T): { readonly ms: number; readonly result: T } {
  const began = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(began);
  return { ms: (user + system) / 1000, result };
}

const shape = { clients: 20, keys: 10, mopsMax: 4, writesPerKey: 32 };
const ofLists = { ...shape, shape: 'list' } as const;
const ofRegisters = { ...shape, shape: 'register' } as const;
const readFirst = { ...ofRegisters, mopsMax: 2, readsFirst: true } as const;

const cases: readonly Case[] = [
  [
    'list-append, strict-serializable',
    { ...ofLists, isolation: 'strict-serializable' },
    listAppendFrom({}),
  ],
  [
    'list-append, snapshot-isolation',
    { ...ofLists, isolation: 'snapshot-isolation' },
    listAppendFrom({}),
  ],
  [
    'rw-register, strict-serializable',
    { ...ofRegisters, isolation: 'strict-serializable' },
    rwRegisterFrom({}),
  ],
  [
    'rw-register, answers late',
    { ...ofRegisters, isolation: 'strict-serializable', answersLate: true },
    rwRegisterFrom({}),
  ],
  [
    'rw-register, reads first',
    { ...readFirst, isolation: 'strict-serializable' },
    rwRegisterFrom({ keys: 'wfr' }),
  ],
  [
    'rw-register, linearizable keys',
    { ...readFirst, isolation: 'strict-serializable' },
    rwRegisterFrom({ keys: 'linearizable' }),
  ],
  [
    'weak-isolation, causal',
    { ...ofRegisters, isolation: 'strict-serializable' },
    weakIsolationFrom({}),
  ],
];

const budget = { timeMsMax: 120_000, memoryBytesMax: 2 ** 31 };

/** By case: what it took at each size so far. */
const measured = new Map<string, { size: number; ms: number }[]>();

function simulated([name, options]: Case, transactions: number): History {
  const history = simulate({ ...options, transactions }, seededRandom(name));
  return inColumns(history);
}

function measure(name: string, history: History, kind: Kind, checker: NamedChecker): void {
  const input = { history, trace: traceOf([]), nodes: [] };
  const times: number[] = [];
  const readings: number[] = [];
  let said = '';
  globalThis.gc?.();
  const before = process.memoryUsage.rss();
  for (let run = 0; run < 3; run++) {
    globalThis.gc?.();
    readings.push(timed(() => readTransactions(history, kind, meterOf(budget))).ms);
    const { ms, result } = timed(() => checker.check(input, budget));
    times.push(ms);
    if (result instanceof Promise) throw new Error('the checker is not expected to wait');
    said = `${describeVerdict(result.verdict)} ${result.isolation?.anomalyTypes.join(' ') ?? ''}`;
  }
  const best = Math.min(...times);
  const size = entryCount(history) / 2;
  const earlier = measured.get(name) ?? [];
  const growth = best / (earlier.at(-1)?.ms ?? Number.NaN);
  measured.set(name, [...earlier, { size, ms: best }]);
  const megabytes = (process.resourceUsage().maxRSS * 1024 - before) / 2 ** 20;
  console.log(
    [
      name.padEnd(36),
      String(size).padStart(9),
      `${times[0]!.toFixed(0)} ms`.padStart(10),
      `${best.toFixed(0)} ms`.padStart(10),
      `${Math.min(...readings).toFixed(0)} ms`.padStart(10),
      `${Math.max(0, megabytes).toFixed(0)} MB`.padStart(10),
      (Number.isNaN(growth) ? '' : `×${growth.toFixed(1)}`).padStart(8),
      `  ${said}`,
    ].join(''),
  );
}

const { values: given, positionals } = parseArgs({
  allowPositionals: true,
  options: { plot: { type: 'string' } },
});
console.warn(
  '!!! Elle is on Clojars, from where nothing is installed; only our own times are measured\n',
);
const sizes = positionals.length > 0 ? positionals.map(Number) : [10_000, 100_000, 1_000_000];
console.log(
  `${' '.repeat(32)}transactions      cold      warm  reading    memory  growth  verdict`,
);
for (const size of sizes)
  for (const each of cases) {
    const [name, { shape: of }, checker] = each;
    measure(name, simulated(each, size), of === 'list' ? lists : registers, checker);
  }

if (given.plot !== undefined) {
  const growths = Array.from(measured, ([name, points]) => ({ name, points }));
  writeFileSync(
    given.plot,
    growthPlot('Processor time of a transaction, by transactions', growths),
  );
}

const ringSize = 10_000;
const rings: readonly (readonly [name: string, kindAt: (at: number) => RingKind])[] = [
  ['G0', () => 'ww'],
  ['G1c', () => 'wr'],
  ['G-single-item', (at) => (at === 0 ? 'rw' : 'wr')],
  ['G-nonadjacent-item', (at) => (at % 2 === 0 ? 'rw' : 'wr')],
  ['G2-item', () => 'rw'],
];
for (const [name, kindAt] of rings) {
  const kinds = Array.from({ length: ringSize }, (_, at) => kindAt(at));
  measure(`list-append, ring of ${name}`, ring('list', kinds), lists, listAppendFrom({}));
}
