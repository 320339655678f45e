/** What a nemesis draws from a seed, without a cluster: the values of its `start`s in a minute. */
import { nodeIds } from '../src/core/ids.ts';
import { seededRandom } from '../src/core/random.ts';
import { ok } from '../src/core/seams/client.ts';
import type { Nemesis } from '../src/core/seams/nemesis.ts';
import { nsPerMs } from '../src/core/time.ts';
import { onNemesis } from '../src/generator/on-threads.ts';
import { simulate } from '../src/generator/simulate.ts';

/** In the order in which they come. */
export function firstFaults(
  nemesis: Nemesis,
  seed: string | number,
  options: Readonly<Record<string, string>> = {},
): readonly unknown[] {
  const rhythm = nemesis.generator({
    nodes: nodeIds(5),
    random: seededRandom(seed),
    stability: { faultSeconds: [2, 5], calmSeconds: [1, 3] },
    options,
  });
  const { history } = simulate({
    generator: onNemesis(nemesis.family, rhythm),
    clientThreads: 1,
    nemeses: [nemesis.family],
    answer: () => ({ latencyNs: nsPerMs, completion: ok() }),
    secondsMax: 60,
  });
  return history.entries
    .filter(({ type, f }) => type === 'invoke' && f === 'start')
    .map(({ value }) => value);
}
