/**
 * A synthetic history of registers under partitions, drawn from a seed: a stand-in for a recorded run where a test needs
 * one of a given size. Its values are linearizable, for every operation takes effect at one moment between its
 * invocation and its completion; a planted stale read makes it otherwise.
 */
import type { Entry, History } from '../../src/core/history/entry.ts';
import { nodeIds } from '../../src/core/ids.ts';
import type { NodeId } from '../../src/core/ids.ts';
import { seededRandom } from '../../src/core/random.ts';
import type { Random } from '../../src/core/random.ts';
import { nsPerMs, nsPerSecond } from '../../src/core/time.ts';

export interface SyntheticLoad {
  readonly seed: string;
  /** About as many as this. */
  readonly operations: number;
  readonly seconds: number;
  readonly clients: number;
  readonly nodes: number;
  readonly keys: number;
  readonly faults: boolean;
}

export interface SyntheticFault {
  readonly startNs: number;
  readonly endNs: number;
  readonly shape: string;
  readonly mode: string;
  readonly outcome: 'ok' | 'fail' | 'info';
  readonly isolated: readonly NodeId[];
}

export const originNs = 5_000 * nsPerSecond;
export const loadStartNs = 2 * nsPerSecond;

type Draft = Omit<Entry, 'index'>;
/** Something that happens at a time; it may look at the registers as they are then. */
interface Happening {
  readonly timeNs: number;
  happen(registers: Map<number, number>): Draft | undefined;
}

/** The whole history, phases and nemesis included, with the faults as they were drawn. */
export function syntheticHistory(load: SyntheticLoad): {
  history: History;
  faults: readonly SyntheticFault[];
} {
  const random = seededRandom(load.seed);
  const faults = load.faults ? drawFaults(load, random.fork('faults')) : [];
  const happenings = [
    ...phases(load),
    ...faults.flatMap(faultEntries),
    ...Array.from({ length: load.clients }, (_, client) =>
      clientLife(client, load, faults, random.fork(`client/${client}`)),
    ).flat(),
  ];
  const registers = new Map<number, number>();
  const entries = happenings
    .toSorted((a, b) => a.timeNs - b.timeNs)
    .map((each) => each.happen(registers))
    .filter((draft) => draft !== undefined)
    .map((draft, index): Entry => Object.assign({ index }, draft));
  const header = {
    format: 'dsp-history',
    version: 1,
    originNs,
    startedAt: '2026-11-23T21:48:07.000Z',
  } as const;
  return { history: { header, entries, torn: false }, faults };
}

const at = (draft: Draft): Happening => ({ timeNs: draft.timeNs, happen: () => draft });

export const phaseStarts = ({ seconds }: SyntheticLoad) =>
  [
    ['set-up', 1.99],
    ['load', 2],
    ['heal', 2 + seconds],
    ['recover', 2.4 + seconds],
    ['final-reads', 3 + seconds],
    ['done', 3.4 + seconds],
  ].map(([name, second]) => ({ name: String(name), startNs: Number(second) * nsPerSecond }));

const phases = (load: SyntheticLoad): Happening[] =>
  phaseStarts(load).map(({ name, startNs }) =>
    at({ timeNs: startNs, process: 'phase', type: 'info', f: name, value: null }),
  );

function drawFaults({ seconds, nodes }: SyntheticLoad, random: Random): SyntheticFault[] {
  const faults: SyntheticFault[] = [];
  let second = random.integer(3, 5);
  while (second + 8 < seconds) {
    const lasts = random.integer(4, 7);
    faults.push({
      startNs: loadStartNs + second * nsPerSecond,
      endNs: loadStartNs + (second + lasts) * nsPerSecond,
      shape: random.pick(['halves', 'leader-alone', 'bridge', 'one']),
      mode: random.pick(['blackhole', 'disconnect']),
      outcome: faults.length === 2 ? 'info' : 'ok',
      isolated: random.shuffle(nodeIds(nodes)).slice(0, Math.floor(nodes / 2)),
    });
    second += lasts + random.integer(3, 6);
  }
  return faults;
}

function faultEntries({ startNs, endNs, shape, mode, outcome, isolated }: SyntheticFault) {
  const process = 'nemesis:partition' as const;
  const cut = isolated.flatMap((node) => [`${node}→n5`, `n5→${node}`]);
  const probes = { 'silent/silent': cut.length };
  const leaking = outcome === 'info' ? cut.slice(0, 1) : [];
  return [
    at({ timeNs: startNs, process, type: 'invoke', f: 'start', value: { shape, mode } }),
    at({
      timeNs: startNs + 380 * nsPerMs,
      process,
      type: outcome,
      f: 'start',
      value: { leader: isolated[0], cut, probes, leaking, failures: [] },
    }),
    at({ timeNs: endNs, process, type: 'invoke', f: 'stop', value: null }),
    at({
      timeNs: endNs + 25 * nsPerMs,
      process,
      type: 'ok',
      f: 'stop',
      value: { probes: { 'open/open': 25 }, silent: [], failures: [] },
    }),
  ];
}

/** One client thread: its operations one after the other, a fresh process after each `info`. */
function clientLife(
  client: number,
  load: SyntheticLoad,
  faults: readonly SyntheticFault[],
  random: Random,
): Happening[] {
  const node = nodeIds(load.nodes)[client % load.nodes]!;
  const perOperationNs = (load.seconds * nsPerSecond * load.clients) / load.operations;
  const endNs = loadStartNs + load.seconds * nsPerSecond;
  const happenings: Happening[] = [];
  let process = client;
  let nowNs = loadStartNs + Math.floor(random.fraction() * perOperationNs);
  for (let turn = 0; nowNs < endNs; turn++) {
    const fate = drawFate(node, nowNs, faults, Math.min(0.4 * perOperationNs, 4 * nsPerMs), random);
    const operation = { turn, process, node, callNs: nowNs, ...fate };
    happenings.push(...operationHappenings(operation, load, client, random));
    if (fate.type === 'info') process += load.clients;
    nowNs +=
      fate.lastsNs + Math.floor(2 * random.fraction() * Math.max(0, perOperationNs - fate.lastsNs));
  }
  return happenings;
}

interface Fate {
  readonly type: 'ok' | 'fail' | 'info';
  readonly lastsNs: number;
  readonly error?: string;
}

/** Quick in calm; behind a partition slow at first, then refused or left without an answer. */
function drawFate(
  node: NodeId,
  nowNs: number,
  faults: readonly SyntheticFault[],
  usualNs: number,
  random: Random,
): Fate {
  const spread = -Math.log(1 - random.fraction());
  const lastsNs = Math.floor(usualNs * (0.4 + 0.5 * spread));
  const fault = faults.find((each) => nowNs >= each.startNs && nowNs < each.endNs);
  if (fault === undefined) return { type: 'ok', lastsNs };
  const electionNs = fault.startNs + 1200 * nsPerMs;
  if (nowNs < electionNs && random.chance(0.6))
    return { type: 'ok', lastsNs: electionNs - nowNs + lastsNs };
  if (!fault.isolated.includes(node)) return { type: 'ok', lastsNs };
  return random.chance(0.4)
    ? { type: 'info', lastsNs: 1000 * nsPerMs, error: 'timeout' }
    : { type: 'fail', lastsNs: lastsNs + 180 * nsPerMs, error: 'not-leader' };
}

function operationHappenings(
  operation: Fate & { turn: number; process: number; node: NodeId; callNs: number },
  { keys, clients }: SyntheticLoad,
  client: number,
  random: Random,
): Happening[] {
  const { turn, process, node, callNs, type, lastsNs, error } = operation;
  const key = random.integer(1, keys);
  const written = turn * clients + client + 1;
  const f = random.chance(0.5) ? 'read' : 'write';
  const value = f === 'write' ? written : null;
  let answer: unknown;
  const invoke = at({ timeNs: callNs, process, type: 'invoke', f, key, value, node });
  const effect: Happening = {
    timeNs: callNs + Math.floor(lastsNs * (0.1 + 0.8 * random.fraction())),
    happen(registers) {
      if (type === 'ok' && f === 'read') answer = registers.get(key) ?? null;
      if (type === 'ok' && f === 'write') registers.set(key, written);
      return undefined;
    },
  };
  const complete: Happening = {
    timeNs: callNs + lastsNs,
    happen: () => ({
      timeNs: callNs + lastsNs,
      process,
      type,
      f,
      key,
      node,
      value: type === 'ok' ? (answer ?? value) : value,
      ...(error === undefined ? {} : { error }),
    }),
  };
  return [invoke, effect, complete];
}
