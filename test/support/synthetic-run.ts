/**
 * Writes the folder of a synthetic run, with a plan, a history, traces, logs and a verdict of the kind asked for: what a
 * report or a gate needs to be tested without a cluster. The same seed writes the same folder.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeEntry, encodeHeader } from '../../src/core/history/codec.ts';
import type { Entry, History } from '../../src/core/history/entry.ts';
import { nodeIds } from '../../src/core/ids.ts';
import type { Plan } from '../../src/core/plan.ts';
import { nsPerSecond } from '../../src/core/time.ts';
import { writeMessages } from '../../src/store/messages.ts';
import type { Message } from '../../src/store/messages.ts';
import type { VerdictFile } from '../../src/store/verdict-file.ts';
import { loadStartNs, originNs, syntheticHistory } from './synthetic-history.ts';
import type { SyntheticFault, SyntheticLoad } from './synthetic-history.ts';
import { syntheticMessages } from './synthetic-messages.ts';
import { plantStaleRead } from './synthetic-stale-read.ts';
import { syntheticVerdict } from './synthetic-verdict.ts';

export interface SyntheticRun {
  readonly seed: string;
  readonly kind: 'valid' | 'invalid' | 'unknown' | 'error';
  readonly operations?: number;
  /** Stands in values, errors and node names, as a hostile node would have it. */
  readonly hostile?: string;
  /** It was simulated, so that its messages are known. */
  readonly messages?: boolean;
}

/** Writes it and returns what was written. */
export async function writeSyntheticRun(
  folder: string,
  { seed, kind, operations = 3000, hostile, messages = false }: SyntheticRun,
): Promise<{ plan: Plan; verdict: VerdictFile; history: History }> {
  const load: SyntheticLoad = {
    seed,
    operations,
    seconds: 60,
    clients: 10,
    nodes: 5,
    keys: Math.max(3, Math.round(operations / 150)),
    faults: kind !== 'unknown',
  };
  const drawn = syntheticHistory(kind === 'error' ? { ...load, seconds: 9 } : load);
  const planted = kind === 'invalid' ? plantStaleRead(drawn.history, drawn.faults) : undefined;
  const clean = planted?.history ?? drawn.history;
  const history = hostile === undefined ? clean : withHostileText(clean, hostile);
  const plan = syntheticPlan(load);
  const made = syntheticVerdict(kind, plan, history, planted?.finding);
  const verdict = hostile === undefined ? made : { ...made, summary: `${made.summary} ${hostile}` };
  await writeRun(folder, { plan, verdict, history }, drawn.faults);
  if (messages) writeMessages(folder, messagesOf(load, history, drawn.faults, hostile));
  return { plan, verdict, history };
}

/** Of the whole load; where a text is hostile, so is one message in five. */
function messagesOf(
  { seed, nodes, seconds }: SyntheticLoad,
  { entries }: History,
  faults: readonly SyntheticFault[],
  hostile: string | undefined,
): Message[] {
  const window = { fromNs: loadStartNs, toNs: loadStartNs + seconds * nsPerSecond };
  return syntheticMessages(seed, nodes, { entries, faults }, window).map((message, i) =>
    hostile === undefined || i % 5 !== 0
      ? message
      : Object.assign(message, { kind: hostile, text: hostile }),
  );
}

function syntheticPlan({ seed, nodes, clients, seconds, operations }: SyntheticLoad): Plan {
  return {
    format: 'dsp-plan',
    version: 1,
    system: 'replicated-log',
    workload: 'register',
    nemeses: ['partition'],
    runtime: 'process',
    nodes,
    concurrency: clients,
    rateOpsPerSec: Math.round(operations / seconds),
    timeLimitSeconds: seconds,
    seed,
    bugs: [],
    options: { 'register.keys': '12' },
    stability: { faultSeconds: [4, 7], calmSeconds: [3, 6] },
    operationTimeoutMs: 1000,
    readyTimeoutMs: 15_000,
    recoveryBoundSeconds: 20,
    checkBudgetSeconds: 60,
    checkMemoryMegabytes: 2048,
    toxiproxy: 'auto',
    images: {},
  };
}

async function writeRun(
  folder: string,
  { plan, verdict, history }: { plan: Plan; verdict: VerdictFile; history: History },
  faults: readonly SyntheticFault[],
): Promise<void> {
  const write = async (path: string, text: string) => writeFile(join(folder, path), text);
  await mkdir(folder, { recursive: true });
  await write('plan.json', JSON.stringify(plan, null, 2));
  await write('verdict.json', JSON.stringify(verdict, null, 2));
  await write(
    'history.jsonl',
    encodeHeader(history.header) + history.entries.map(encodeEntry).join(''),
  );
  await write('toxiproxy.log', 'listening on 127.0.0.1\n');
  await write('dsp.log', 'started\n');
  for (const node of nodeIds(plan.nodes)) {
    await mkdir(join(folder, 'nodes', node), { recursive: true });
    await write(`nodes/${node}/stdout.log`, `${node} is ready\n`);
    await write(`nodes/${node}/stderr.log`, '');
    await write(`nodes/${node}/trace.jsonl`, traceLines(node, faults));
  }
}

/** Whoever is isolated first leads until a fault; then n5 does. */
function traceLines(node: string, faults: readonly SyntheticFault[]): string {
  const line = (timeNs: number, event: string, rest: object) =>
    `${JSON.stringify({ node, timeNs: originNs + timeNs, event, ...rest })}\n`;
  return [
    line(200_000_000, 'started', { incarnation: 1 }),
    ...faults.flatMap(({ startNs, isolated }, i) => {
      if (node === isolated[0])
        return [
          line(startNs + 1.3e9, 'leader-stepped-down', { generation: i + 1, reason: 'no quorum' }),
        ];
      return node === 'n5' ? [line(startNs + 1.1e9, 'leader-elected', { generation: i + 2 })] : [];
    }),
  ].join('');
}

/** Every fifth read answers with the text, every fifth failure has it as its error. */
function withHostileText(history: History, hostile: string): History {
  const entries = history.entries.map((entry): Entry => {
    if (typeof entry.process !== 'number' || entry.index % 5 !== 0) return entry;
    if (entry.type === 'ok' && entry.f === 'read') return { ...entry, value: hostile };
    return entry.type === 'fail' || entry.type === 'info' ? { ...entry, error: hostile } : entry;
  });
  return { ...history, entries };
}
