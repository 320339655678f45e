/**
 * How fast isolation is checked: `npx node --max-old-space-size=12000 bench/isolation.ts [transactions…]`.
 *
 * Check times only, from the entries of a history, as they are after parsing, to the verdict with its findings. The first time is cold, the
 * other the best of three. `MB` is how much more memory the process had at most while it checked than before.
 */
import { weakIsolationFrom } from '../checkers/isolation/weak/checker.ts';
import { rwRegisterFrom } from '../checkers/isolation/rw-register/checker.ts';
import { listAppendFrom } from '../checkers/isolation/list-append/checker.ts';
import { simulate } from '../checkers/isolation/database.fixture.ts';
import type { DatabaseOptions } from '../checkers/isolation/database.fixture.ts';
import type { NamedChecker } from '../checkers/spec.ts';
import { seededRandom } from '../src/core/random.ts';
import { traceOf } from '../src/core/trace.ts';
import { describeVerdict } from '../src/core/verdict.ts';

type Case = readonly [name: string, options: Omit<DatabaseOptions, 'transactions'>, NamedChecker];

const shape = { clients: 20, keys: 10, mopsMax: 4, writesPerKey: 32 };
const lists = { ...shape, shape: 'list' } as const;
const registers = { ...shape, shape: 'register' } as const;

const cases: readonly Case[] = [
  [
    'list-append, strict-serializable',
    { ...lists, isolation: 'strict-serializable' },
    listAppendFrom({}),
  ],
  [
    'list-append, snapshot-isolation',
    { ...lists, isolation: 'snapshot-isolation' },
    listAppendFrom({}),
  ],
  [
    'rw-register, strict-serializable',
    { ...registers, isolation: 'strict-serializable' },
    rwRegisterFrom({}),
  ],
  [
    'rw-register, linearizable keys',
    { ...registers, isolation: 'strict-serializable' },
    rwRegisterFrom({ keys: 'linearizable' }),
  ],
  [
    'weak-isolation, causal',
    { ...registers, isolation: 'strict-serializable' },
    weakIsolationFrom({}),
  ],
];

const budget = { timeMsMax: 120_000, memoryBytesMax: 2 ** 31 };

function measure([name, options, checker]: Case, transactions: number): void {
  const history = simulate({ ...options, transactions }, seededRandom(name));
  const input = { history, trace: traceOf([]), nodes: [] };
  const times: number[] = [];
  let said = '';
  globalThis.gc?.();
  const before = process.memoryUsage.rss();
  for (let run = 0; run < 3; run++) {
    const began = process.cpuUsage();
    const result = checker.check(input, budget);
    const { user, system } = process.cpuUsage(began);
    times.push((user + system) / 1000);
    if (result instanceof Promise) throw new Error('the checker is not expected to wait');
    said = `${describeVerdict(result.verdict)} ${result.isolation?.anomalyTypes.join(' ') ?? ''}`;
  }
  const megabytes = (process.resourceUsage().maxRSS * 1024 - before) / 2 ** 20;
  console.log(
    [
      name.padEnd(36),
      String(transactions).padStart(9),
      `${times[0]!.toFixed(0)} ms`.padStart(10),
      `${Math.min(...times).toFixed(0)} ms`.padStart(10),
      `${Math.max(0, megabytes).toFixed(0)} MB`.padStart(10),
      `  ${said}`,
    ].join(''),
  );
}

const sizes =
  process.argv.length > 2 ? process.argv.slice(2).map(Number) : [10_000, 100_000, 1_000_000];
console.log(`${' '.repeat(32)}transactions      cold      warm    memory  verdict`);
for (const size of sizes) for (const each of cases) measure(each, size);
