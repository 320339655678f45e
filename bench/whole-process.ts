/**
 * Whole processes, from their start to the verdict on a key-value log of a million operations: `npm run bench:whole-process`, which
 * builds the package first, or `node bench/whole-process.ts [OPERATIONS]`.
 *
 * Porcupine's reads the log by hand and judges it; ours is a program of five lines that does so by the package as it is
 * shipped, and `dsp check`, which starts the command line and a process to judge in besides. Each is the best of three, by
 * the wall; memory is the most that the program ever had. At last the same for the etcd logs that come with Porcupine, one
 * after the other: Porcupine's counts the violations, ours names the operation that cannot return, and then, in a run of its
 * own, finds the counterexample of each.
 */
import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hasIt, openPorcupine } from './porcupine.ts';
import { simulatedHistory } from './simulated-history.ts';
import type { SimulatedHistory } from './simulated-history.ts';

const operations = Number(process.argv[2] ?? 1_000_000);
const root = fileURLToPath(new URL('..', import.meta.url));

const program = `
  import { checkHistory, linearizable, readHistoryFile } from 'dsp-harness';
  const history = readHistoryFile(process.argv[1], 'porcupine-kv');
  const { verdict } = await checkHistory(linearizable('kv'), history);
  console.log(verdict.verdict, process.resourceUsage().maxRSS);
`;
const logsProgram = (counterexamples: boolean) => `
  import { readdirSync } from 'node:fs';
  import { checkHistory, linearizable, readHistoryFile } from 'dsp-harness';
  const checker = linearizable('cas-register', { counterexamples: ${counterexamples} });
  let invalid = 0;
  // Log 095 is empty.
  for (const name of readdirSync(process.argv[1])) {
    if (!name.endsWith('.log') || name.includes('095')) continue;
    const history = readHistoryFile(process.argv[1] + '/' + name, 'jepsen-log');
    if ((await checkHistory(checker, history)).verdict.verdict === 'invalid') invalid++;
  }
  console.log(invalid, process.resourceUsage().maxRSS);
`;
const command = `
  import { main } from './dist/src/cli/main.js';
  await main(['check', process.argv[1], '--checker', 'linearizable', '--model', 'kv']);
`;

function writeLog(path: string, options: Partial<SimulatedHistory>): void {
  const file = openSync(path, 'w');
  const names: Readonly<Record<string, string>> = { read: ':get', write: ':put' };
  let waiting = '';
  for (const { process: client, type, f, key, value } of simulatedHistory(options).entries) {
    const text = value === null ? 'nil' : `"${JSON.stringify(value)}"`;
    waiting += `{:process ${client}, :type :${type}, :f ${names[f]}, :key "${key ?? 0}", :value ${text}}\n`;
    if (waiting.length < 2 ** 20) continue;
    writeSync(file, waiting);
    waiting = '';
  }
  writeSync(file, waiting);
  closeSync(file);
}

/** Commands that print a verdict, and perhaps the most memory that they had, in kilobytes. */
function measure(file: string, ...args: string[]) {
  const runs = [1, 2, 3].map(() => {
    const beganMs = performance.now();
    const output = execFileSync(file, args, { encoding: 'utf8', cwd: root });
    const [, verdict, kilobytes] = /^(\w+)(?:: | (\d+)$)/m.exec(output) ?? [];
    return {
      verdict: verdict ?? output,
      seconds: (performance.now() - beganMs) / 1000,
      megabytes: Number(kilobytes) / 1024,
    };
  });
  const seconds = Math.min(...runs.map((run) => run.seconds));
  return { ...runs[0]!, seconds };
}

type Measured = ReturnType<typeof measure>;

const measureModule = (text: string, path: string): Measured =>
  measure(process.execPath, '--input-type=module', '--eval', text, path);

function show(name: string, { verdict, seconds, megabytes }: Measured, theirs?: Measured): void {
  const ratio = theirs === undefined ? '' : `${(theirs.seconds / seconds).toFixed(1)}×`;
  const memory = Number.isNaN(megabytes) ? '' : `${megabytes.toFixed(0)} MB`;
  console.log(
    `  ${name.padEnd(20)}${verdict.padEnd(8)}${seconds.toFixed(2).padStart(6)} s${memory.padStart(10)}${ratio.padStart(8)}`,
  );
}

const logs: readonly [string, Partial<SimulatedHistory>][] = [
  ['10,000 keys, 5 values', { values: 5, operationsPerKey: 100, keysAtATime: 10_000 }],
  ['100 keys, unique values', { operationsPerKey: 10_000, keysAtATime: 100, clients: 100 }],
];

const rival = await openPorcupine();
await using porcupine = hasIt(rival) ? rival : undefined;
const folder = mkdtempSync(join(tmpdir(), 'dsp-bench-'));
try {
  if (!hasIt(rival)) console.warn(`!!! ${rival.missing}; only our own times are measured`);
  for (const [name, options] of logs) {
    const path = join(folder, 'log.txt');
    writeLog(path, { ...options, operations, compareAndSets: 0 });
    console.log(name);
    const theirs = porcupine && measure(porcupine.program, path);
    if (theirs !== undefined) show('Porcupine', theirs);
    show('dsp, as a library', measureModule(program, path), theirs);
    show('dsp check', measureModule(command, path), theirs);
  }
  if (porcupine !== undefined) {
    const logsFolder = join(porcupine.moduleFolder, 'test_data', 'jepsen');
    console.log('102 etcd logs, how many are violations');
    const theirs = measure(porcupine.program, logsFolder);
    show('Porcupine', theirs);
    show('dsp, verdicts', measureModule(logsProgram(false), logsFolder), theirs);
    show('dsp, with examples', measureModule(logsProgram(true), logsFolder), theirs);
  }
} finally {
  rmSync(folder, { recursive: true });
}
