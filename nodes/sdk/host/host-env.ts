/** Env for a real process: this folder is the only place in `nodes/` that sees the operating system. */
import { mkdirSync } from 'node:fs';
import type { NodeConfig } from '../../../src/core/seams/system.ts';
import { seededRandom } from '../../../src/core/random.ts';
import type { WallTimeMs } from '../../../src/core/time.ts';
import type { Env, MonotonicTimeMs } from '../env.ts';
import { EndOfTick } from './end-of-tick.ts';
import { hostFiles } from './files.ts';
import { hostNetwork } from './network.ts';
import { TraceFile } from './trace-file.ts';

export function hostEnv(config: NodeConfig): Env {
  mkdirSync(config.dataFolder, { recursive: true });
  const trace = new TraceFile(config.id, config.traceFile);
  const endOfTick = new EndOfTick(() => trace.flush());
  return {
    node: config.id,
    wallNow: () => Date.now() as WallTimeMs,
    monotonicNow: () => performance.now() as MonotonicTimeMs,
    after(delayMs, callback) {
      const timer = setTimeout(callback, delayMs);
      return () => clearTimeout(timer);
    },
    random: seededRandom(config.seed).fork(config.id),
    network: hostNetwork(config, (send) => endOfTick.sendWaits(send)),
    files: hostFiles(config.dataFolder),
    trace(event, fields) {
      trace.add(event, fields);
      endOfTick.traceWaits();
    },
    log: (line) => void process.stderr.write(`${line}\n`),
    exit(status) {
      trace.close();
      process.exit(status);
    },
  };
}
