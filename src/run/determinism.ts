/**
 * Whether a simulated run repeats: made again from its plan, it must give the same history and the same traces as stand in
 * its folder, byte for byte. Where it does not, the first difference in true time says where to look, and calls that
 * went round Env say who did it.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeEntry, encodeHeader } from '../core/history/codec.ts';
import type { NodeId } from '../core/ids.ts';
import type { Plan } from '../core/plan.ts';
import type { Traced } from '../core/trace.ts';
import { watchForStrays, type Stray } from '../runtimes/sim/guard.ts';
import { runFiles } from '../store/run-folder.ts';
import type { Systems } from './plan.ts';
import { simulate, type SimulatedRun } from './simulate.ts';

/** Makes the run again; a sentence for each way in which it is another one, none for a run that repeats. */
export async function differences(
  folder: string,
  plan: Plan,
  systems: Systems,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const strays = new Map<string, Stray>();
  using _ = watchForStrays((stray) => strays.set(`${stray.call} ${stray.place}`, stray));
  const again = await simulate(plan, systems, { signal });
  const first = firstDifference(folder, again);
  return [
    ...(first === undefined ? [] : [first]),
    ...[...strays.values()].map(({ call, place }) => `${place} calls ${call} beside Env`),
  ];
}

/** In which file, at which line, and what stands there each time; the earliest of all files. */
export function firstDifference(folder: string, again: SimulatedRun): string | undefined {
  const found = filesOf(again).flatMap(({ name, lines }) => {
    const recorded = readLines(join(folder, name));
    const at = lines.findIndex((line, i) => line !== recorded[i]);
    const place = at >= 0 ? at : lines.length < recorded.length ? lines.length : undefined;
    return place === undefined ? [] : [{ name, place, was: recorded[place], is: lines[place] }];
  });
  const [first] = found.toSorted((a, b) => timeOf(a) - timeOf(b));
  if (first === undefined) return undefined;
  const { name, place, was, is } = first;
  return `${name}:${place + 1} was ${shown(was)} and is ${shown(is)} the second time`;
}

interface Place {
  readonly was: string | undefined;
  readonly is: string | undefined;
}

/** The files that must come out the same, as they would be written. */
function filesOf({ history, nodes, events }: SimulatedRun): { name: string; lines: string[] }[] {
  const traces = new Map(nodes.map((node) => [node, [] as string[]]));
  for (const event of events) traces.get(event.node)!.push(JSON.stringify(event));
  const entries = [encodeHeader(history.header), ...history.entries.map(encodeEntry)];
  return [
    { name: runFiles.history, lines: entries.map((line) => line.trimEnd()) },
    ...[...traces].map(([node, lines]) => ({ name: traceFile(node), lines })),
  ];
}

const traceFile = (node: NodeId): string => join(runFiles.nodes, node, 'trace.jsonl');

const readLines = (path: string): string[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '');

/** A line that only one of the two has is as late as itself. */
const timeOf = ({ was, is }: Place): number => Math.min(stampOf(was), stampOf(is));

const stampOf = (line: string | undefined): number =>
  line === undefined
    ? Number.POSITIVE_INFINITY
    : ((JSON.parse(line) as Partial<Traced>).timeNs ?? 0);

const shownMax = 160;

const shown = (line: string | undefined): string =>
  line === undefined ? 'nothing' : line.length > shownMax ? `${line.slice(0, shownMax)}…` : line;
