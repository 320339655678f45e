/**
 * How fast histories are checked, beside Porcupine where Go is present: `npx node bench/checkers.ts`, with a part of the
 * names of some cases for those alone.
 *
 * Check times only, from the form that each has in memory, on one core; Porcupine may use all. Ours begin at the columns of
 * a history, as a file is read, Porcupine's at paired operations; both end with the verdict. Each is the best of several repetitions, so that
 * neither pays for warming up; our first, cold time is given too, and what a check takes whole: of a violation, with its
 * smallest counterexample and the longest orders, which Porcupine does not look for. A history that is not decided within the time
 * limit counts as DNF. A verdict that is not Porcupine's, or not the one that is known of a recorded log, is told, and the
 * exit status is 1.
 */
import { linearizable } from '../checkers/linearizability/checker.ts';
import { decide } from '../checkers/linearizability/decide.ts';
import { models } from '../checkers/linearizability/models/registry.ts';
import type { ModelName } from '../checkers/linearizability/models/registry.ts';
import { ownModel } from '../checkers/linearizability/own-model.ts';
import { entryCount, operationCount } from '../src/core/history/entry-columns.ts';
import type { History } from '../src/core/history/entry.ts';
import { traceOf } from '../src/core/trace.ts';
import { inColumns } from './in-columns.ts';
import { hasIt, openPorcupine, questionOf } from './porcupine.ts';
import type { Porcupine, PorcupineAnswer } from './porcupine.ts';
import { recordedSets } from './recorded.ts';
import type { RecordedSets } from './recorded.ts';
import { simulatedHistory } from './simulated-history.ts';
import { timesOf } from './times-of.ts';
import { unkeyed, wholeStore } from './whole-store.ts';

interface Case {
  readonly name: string;
  readonly model: ModelName | typeof wholeStore;
  /** Made when its turn comes, for some are large. */
  readonly history: () => History;
  /** Within a set, times are summed. */
  readonly set?: string;
  /** Where somebody said it before us. */
  readonly known?: 'valid' | 'invalid';
}

const timeLimitSeconds = 30;
const budget = { timeMsMax: timeLimitSeconds * 1000, memoryBytesMax: 2 ** 31 };

function recordedCases({ etcd, kv }: RecordedSets): Case[] {
  const set = `${etcd.length} etcd logs, in sum`;
  const small = kv.filter(({ name }) => !name.startsWith('c50'));
  const unpartitioned = small.map(({ name, history, known }): Case => {
    return { name: `kv unpartitioned ${name}`, model: wholeStore, history, known };
  });
  return [
    ...etcd.map(({ name, history, known }): Case => {
      return { name, model: 'cas-register', history, known, set };
    }),
    ...kv.map(({ name, history, known }): Case => {
      return { name: `kv ${name}`, model: 'kv', history, known };
    }),
    ...unpartitioned,
  ];
}

const one = { operationsPerKey: Number.POSITIVE_INFINITY, keysAtATime: 1 };
const five = { ...one, values: 5 };
const stale = { clients: 20, staleReads: 3 };
const million = { operations: 1_000_000 };

const simulated: readonly [string, Parameters<typeof simulatedHistory>[0]][] = [
  ['dsp register 10k, 120 a key, 10 clients', { operations: 10_000 }],
  ['dsp register 100k, 120 a key, 10 clients', { operations: 100_000 }],
  ['dsp register 100k, 5 % unknown', { operations: 100_000, unknown: 5 }],
  [
    'dsp register 100k, 5 % unknown, 3 stale reads',
    { operations: 100_000, unknown: 5, staleReads: 3 },
  ],
  ['dsp register 100k, 5 values', { operations: 100_000, values: 5 }],
  ['one register 10k, unique values, 10 clients', { ...one, operations: 10_000 }],
  ['one register 1k, 5 values, 10 clients', { ...one, operations: 1000, values: 5 }],
  ['one register 10k, 5 values, 10 clients', { ...one, operations: 10_000, values: 5 }],
  ['one register 1k, 5 values, 20 % unknown', { ...one, operations: 1000, values: 5, unknown: 20 }],
  ['one register 1k, unique values, 20 % unknown', { ...one, operations: 1000, unknown: 20 }],
  ['one register 10k, 5 values, 20 clients', { ...five, operations: 10_000, clients: 20 }],
  ['one register 10k, 5 values, 50 clients', { ...five, operations: 10_000, clients: 50 }],
  ['one register 10k, 5 values, 100 clients', { ...five, operations: 10_000, clients: 100 }],
  ['one register 100k, 5 values, 5 clients', { ...five, operations: 100_000, clients: 5 }],
  ['one register 10k, 5 values, 1 % unknown', { ...five, operations: 10_000, unknown: 1 }],
  ['one register 5k, 5 values, 10 % unknown', { ...five, operations: 5000, unknown: 10 }],
  ['one register 1k, 5 values, 20 clients, 3 stale', { ...five, ...stale, operations: 1000 }],
  ['one register 10k, 5 values, 20 clients, 3 stale', { ...five, ...stale, operations: 10_000 }],
  ['one register 1M, unique values, no cas', { ...one, ...million, compareAndSets: 0 }],
  ['10k keys 1M, 5 values', { ...million, values: 5, operationsPerKey: 100, keysAtATime: 10_000 }],
];

/** Only cases whose names contain the argument, if there is one. */
const isAskedFor = ({ name, set }: Case): boolean =>
  `${set ?? ''} ${name}`.includes(process.argv[2] ?? '');

const simulatedCases = simulated.map(([name, options]): Case => ({
  name,
  model: 'cas-register',
  history: () => inColumns(simulatedHistory(options)),
}));

interface Row {
  readonly name: string;
  readonly operations: number;
  readonly verdict: string;
  readonly coldMs: number;
  readonly oursMs: number;
  /** With findings. */
  readonly wholeMs: number;
  readonly theirs: PorcupineAnswer | undefined;
}

async function measure({ name, model, known, history: make }: Case, rival?: Porcupine) {
  const keyed = make();
  const history = model === wholeStore ? unkeyed(keyed) : keyed;
  const large = entryCount(history) > 20_000;
  const reading = { engine: 'dsp', failedIsEvidence: false } as const;
  const inUse = typeof model === 'string' ? models[model]({}) : ownModel(model);
  const times = await timesOf(2000, () => decide(inUse, history, reading, budget));
  const input = { history, trace: traceOf([]), nodes: [] };
  let verdict = '';
  const wholeTimes = await timesOf(200, async () => {
    verdict = (await linearizable(model).check(input, budget)).verdict.verdict;
  });
  const question = questionOf(keyed, model === 'cas-register' ? 'register' : 'kv', false);
  const asked = {
    ...question,
    whole: model === wholeStore,
    repeat: large ? 3 : 5,
    timeoutSeconds: timeLimitSeconds,
  };
  const [theirs] = (await rival?.judge([asked])) ?? [];
  const operations = operationCount(history.columns!);
  const others = [known, theirs && inOurWords[theirs.verdict]];
  if (others.some((other) => other !== undefined && other !== verdict)) {
    console.error(`!!! ${name}: ${verdict}; known to be ${known}, Porcupine: ${theirs?.verdict}`);
    process.exitCode = 1;
  }
  return {
    name,
    operations,
    verdict,
    coldMs: times[0]!,
    oursMs: Math.min(...times),
    wholeMs: Math.min(...wholeTimes),
    theirs,
  };
}

const inOurWords = { Ok: 'valid', Illegal: 'invalid', Unknown: undefined } as const;

const summed = (name: string, rows: readonly Row[]): Row => {
  const sum = (of: (row: Row) => number) => rows.reduce((total, row) => total + of(row), 0);
  const theirs = rows.every((row) => row.theirs !== undefined);
  return {
    name,
    operations: sum((row) => row.operations),
    verdict: `${rows.filter((row) => row.verdict === 'invalid').length} invalid`,
    coldMs: sum((row) => row.coldMs),
    oursMs: sum((row) => row.oursMs),
    wholeMs: sum((row) => row.wholeMs),
    theirs: theirs ? { verdict: 'Ok', checkMs: sum((row) => row.theirs!.checkMs) } : undefined,
  };
};

/** The ratio of the worst file of a set, and that of the median one. */
function spread(rows: readonly Row[]): string {
  const ratios = rows
    .map(({ name, oursMs, theirs }) => ({ name, ratio: theirs!.checkMs / oursMs }))
    .toSorted((a, b) => a.ratio - b.ratio);
  const [worst, median] = [ratios[0]!, ratios[Math.floor(ratios.length / 2)]!];
  return `  of single files, at the median ${median.ratio.toFixed(1)}×, at worst ${worst.ratio.toFixed(1)}× (${worst.name})`;
}

const line = ({ name, operations, verdict, coldMs, oursMs, wholeMs, theirs }: Row): string => {
  const unfinished = theirs?.verdict === 'Unknown';
  const ratio =
    theirs === undefined ? '' : `${unfinished ? '> ' : ''}${(theirs.checkMs / oursMs).toFixed(1)}×`;
  const rival = theirs === undefined ? '-' : unfinished ? 'DNF' : theirs.checkMs.toFixed(2);
  return [
    name.padEnd(48),
    String(operations).padStart(8),
    verdict.padStart(10),
    coldMs.toFixed(2).padStart(10),
    oursMs.toFixed(2).padStart(10),
    wholeMs.toFixed(2).padStart(10),
    rival.padStart(10),
    ratio.padStart(10),
  ].join('');
};

const rival = await openPorcupine();
if (!hasIt(rival))
  console.warn(
    `!!! ${rival.missing}; only our own times are measured, and of its logs those kept here\n`,
  );
await using porcupine = hasIt(rival) ? rival : undefined;
const recorded = recordedCases(recordedSets(porcupine?.moduleFolder));
const cases = [...recorded, ...simulatedCases].filter(isAskedFor);
const heading = ['operations', 'verdict', 'cold ms', 'warm ms', 'whole ms', 'Porcupine', 'ratio'];
console.log(`${' '.repeat(46)}${heading.map((word) => word.padStart(10)).join('')}`);
const sets = new Map<string, Row[]>();
for (const each of cases) {
  const row = await measure(each, porcupine);
  if (each.set === undefined) console.log(line(row));
  else sets.set(each.set, [...(sets.get(each.set) ?? []), row]);
  const last = cases.findLast(({ set }) => set === each.set) === each;
  if (each.set === undefined || !last) continue;
  const rows = sets.get(each.set)!;
  console.log(line(summed(each.set, rows)));
  if (porcupine !== undefined) console.log(spread(rows));
}
