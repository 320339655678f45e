/**
 * How many operations a second the interpreter carries when clients cost nothing, with every entry written to a file:
 * `node bench/interpreter.ts [OPERATIONS] [PROCESSES]`, 1,000,000 and 10 when not given.
 *
 * Two loads: one operation for ever, which is the interpreter alone, and a load as workloads make them (keys in turn, a mix,
 * a stagger too fast to hold anything back, a time limit, beside a nemesis). Memory is sampled while it goes: what is kept per
 * operation would show as growth between the first quarter of the run and the last.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '../src/core/random.ts';
import { info, ok } from '../src/core/seams/client.ts';
import type { Client } from '../src/core/seams/client.ts';
import type { Generator } from '../src/core/seams/generator.ts';
import { hostClock, trueTimeNow } from '../src/core/time.ts';
import { any } from '../src/generator/any.ts';
import { limit } from '../src/generator/limit.ts';
import { mix } from '../src/generator/mix.ts';
import { onClients, onNemesis } from '../src/generator/on-threads.ts';
import { constant, fromFunction } from '../src/generator/operations.ts';
import { stagger } from '../src/generator/pace.ts';
import { perKey } from '../src/generator/per-key.ts';
import { sleep, timeLimit } from '../src/generator/time-limit.ts';
import { openInterpreter } from '../src/run/interpreter.ts';
import { openHistoryWriter } from '../src/store/history-writer.ts';

const operations = Number(process.argv[2] ?? 1_000_000);
const processes = Number(process.argv[3] ?? 10);

const random = seededRandom('bench');
const reads = fromFunction(random, () => ({ f: 'read', value: null }));
const writes = fromFunction(random, (random, n) => ({
  f: 'write',
  value: [n, random.integer(0, 9)],
}));
const keys = perKey({
  keys: (n) => n,
  window: processes,
  operationsMax: 120,
  generator: (key) => mix(random.fork(String(key)), [reads, writes]),
});

const loads: Record<string, Generator> = {
  'one operation for ever': onClients(limit(operations, constant({ f: 'read', value: null }))),
  'keys, mix, stagger, time limit, nemesis': any(
    onClients(limit(operations, timeLimit(3600, stagger(random, 1e7, keys)))),
    onNemesis('none', sleep(1)),
  ),
};

const client: Client = {
  invoke: () => Promise.resolve(ok(1)),
  close: () => Promise.resolve(),
};

const megabytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(0)} MiB`;

async function measure(name: string, generator: Generator): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'dsp-bench-'));
  const file = join(folder, 'history.jsonl');
  const samples: number[] = [];
  const sampler = setInterval(() => samples.push(process.memoryUsage.rss()), 50);
  try {
    const originNs = trueTimeNow();
    const cpu = process.cpuUsage();
    {
      await using writer = openHistoryWriter(file, {
        format: 'dsp-history',
        version: 1,
        originNs,
        startedAt: new Date().toISOString(),
      });
      await using interpreter = openInterpreter({
        clientThreads: processes,
        nemeses: ['none'],
        clock: hostClock,
        originNs,
        operationTimeoutMs: 5_000,
        openClient: () => Promise.resolve(client),
        applyNemesis: () => Promise.resolve({ outcome: 'skipped', evidence: null }),
        classify: () => info('thrown'),
        record: (entry) => writer.append(entry),
      });
      await interpreter.interpret(generator);
      const { ok } = interpreter.progress();
      if (ok !== operations) throw new Error(`${ok} of ${operations} operations were ok`);
    }
    const seconds = (trueTimeNow() - originNs) / 1e9;
    const { user, system } = process.cpuUsage(cpu);
    const quarter = Math.ceil(samples.length / 4);
    const early = Math.max(...samples.slice(0, quarter));
    const late = Math.max(...samples.slice(-quarter));
    console.log(
      [
        `${name}:`,
        `  ${Math.round(operations / seconds).toLocaleString('en')} operations/s, ${processes} processes, ${operations.toLocaleString('en')} operations in ${seconds.toFixed(1)} s`,
        `  ${Math.round(operations / ((user + system) / 1e6)).toLocaleString('en')} operations per second of CPU (of all threads, the collector's too; the fairer figure on a busy machine), ${megabytes(statSync(file).size)} written`,
        `  resident: at most ${megabytes(early)} in the first quarter, ${megabytes(late)} in the last`,
      ].join('\n'),
    );
  } finally {
    clearInterval(sampler);
    rmSync(folder, { recursive: true });
  }
}

for (const [name, generator] of Object.entries(loads)) await measure(name, generator);
