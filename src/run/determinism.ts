/**
 * Whether a simulated run repeats: made again from its plan, it must give the same history and the same traces as stand in
 * its folder, byte for byte. Where it does not, the first difference in true time says where to look, and calls that
 * went round Env say who did it.
 */
import type { Plan } from '../core/plan.ts';
import { watchForStrays, type Stray } from '../runtimes/sim/guard.ts';
import type { Systems } from './plan.ts';
import { compareRuns, linesInFolder, linesOf, type Difference } from './same-run.ts';
import { simulate } from './simulate.ts';

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
  const comparison = compareRuns(linesInFolder(folder), linesOf(again));
  return [
    ...(comparison.same ? [] : [sentence(comparison.difference)]),
    ...[...strays.values()].map(({ call, place }) => `${place} calls ${call} beside Env`),
  ];
}

const sentence = ({ file, line, recorded, replayed }: Difference): string =>
  `${file}:${line} was ${shown(recorded)} and is ${shown(replayed)} the second time`;

const shownMax = 160;

const shown = (line: string | undefined): string =>
  line === undefined ? 'nothing' : line.length > shownMax ? `${line.slice(0, shownMax)}…` : line;
