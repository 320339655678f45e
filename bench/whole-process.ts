/**
 * Whole processes, from their start to the verdict on a key-value log of a million operations: `npx node bench/whole-process.ts [OPERATIONS]`.
 *
 * Porcupine's reads the log by hand and judges it; ours is a process that reads the file and judges it by the library, on
 * the sources as they are. Each is the best of three, by the wall; memory is the most that it ever had.
 */
import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { decide } from '../checkers/linearizability/decide.ts';
import { kv } from '../checkers/linearizability/models/kv.ts';
import { defaultBudget } from '../src/core/seams/checker.ts';
import { readHistoryFile } from '../src/formats/read-history.ts';
import { openPorcupine } from './porcupine.ts';
import { simulatedHistory } from './simulated-history.ts';
import type { SimulatedHistory } from './simulated-history.ts';

const [, , first = '1000000'] = process.argv;
const reading = { engine: 'dsp', failedIsEvidence: false } as const;

/** One run, as the process that is measured. */
function judge(path: string): void {
  const { violations, undecided } = decide(
    kv(),
    readHistoryFile(path, 'porcupine-kv'),
    reading,
    defaultBudget,
  );
  const verdict = violations.length > 0 ? 'Illegal' : undecided.length > 0 ? 'Unknown' : 'Ok';
  console.log(`${verdict} ${process.resourceUsage().maxRSS}`);
}

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

/** Commands that print a verdict and the most memory that they had, in kilobytes. */
function measure(command: string, ...args: string[]) {
  const runs = [1, 2, 3].map(() => {
    const beganMs = performance.now();
    const [verdict, kilobytes] = execFileSync(command, args, { encoding: 'utf8' }).split(' ');
    return {
      verdict: verdict!,
      seconds: (performance.now() - beganMs) / 1000,
      megabytes: Number(kilobytes) / 1024,
    };
  });
  const seconds = Math.min(...runs.map((run) => run.seconds));
  return { ...runs[0]!, seconds };
}

type Measured = ReturnType<typeof measure>;

const shown = ({ verdict, seconds, megabytes }: Measured): string =>
  `${verdict.padEnd(8)}${seconds.toFixed(2).padStart(6)} s${megabytes.toFixed(0).padStart(6)} MB`;

const logs: readonly [string, Partial<SimulatedHistory>][] = [
  ['10,000 keys, 5 values', { values: 5, operationsPerKey: 100, keysAtATime: 10_000 }],
  ['100 keys, unique values', { operationsPerKey: 10_000, keysAtATime: 100, clients: 100 }],
];

async function compareAll(operations: number): Promise<void> {
  const rival = await openPorcupine();
  const folder = mkdtempSync(join(tmpdir(), 'dsp-bench-'));
  try {
    for (const [name, options] of logs) {
      const path = join(folder, 'log.txt');
      writeLog(path, { ...options, operations, compareAndSets: 0 });
      const ours = measure(process.execPath, fileURLToPath(import.meta.url), path);
      console.log(`${name.padEnd(28)} dsp        ${shown(ours)}`);
      if ('missing' in rival) continue;
      const theirs = measure(rival.program, path);
      const ratio = (theirs.seconds / ours.seconds).toFixed(1);
      console.log(`${' '.repeat(28)} Porcupine  ${shown(theirs)}   ${ratio}×`);
    }
  } finally {
    rmSync(folder, { recursive: true });
    if ('missing' in rival) console.warn(`!!! ${rival.missing}; only our own times are measured`);
    else await rival[Symbol.asyncDispose]();
  }
}

if (/^\d+$/.test(first)) await compareAll(Number(first));
else judge(first);
