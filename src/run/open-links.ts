/**
 * Waits until every link of a cluster that has just settled answers a probe.
 *
 * A fault is proved by probes that get nothing through. That says something only of links on which they got through
 * before: a server that does not understand what it is asked, or listens at other ports, is silent at all times, and a
 * fault that does nothing would seem to be in force.
 */
import { environmentError } from '../core/errors.ts';
import { linkName } from '../core/ids.ts';
import type { Cluster } from '../core/seams/runtime.ts';
import { nsPerMs, sleep } from '../core/time.ts';

const answerMsMax = 1000;
const pollMs = 50;
const namedMax = 3;

/** Throws an environment error when some link does not answer within `timeoutMs`. */
export async function linksOpen(
  { clock, links }: Cluster,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<void> {
  const deadline = clock.now() + timeoutMs * nsPerMs;
  let silent = links.all;
  for (;;) {
    const probes = await Promise.all(silent.map((link) => links.probe(link, answerMsMax)));
    silent = probes.filter(({ forward }) => forward !== 'open').map(({ link }) => link);
    if (silent.length === 0) return;
    if (clock.now() > deadline) {
      const more = silent.length > namedMax ? ` and ${silent.length - namedMax} more` : '';
      throw environmentError(
        `no probe of ${silent.slice(0, namedMax).map(linkName).join(', ')}${more} was answered within ${timeoutMs} ms, so no fault of a link could be proved`,
        'probe and ports.peers of the system say what makes a node speak, and where: docs/your-own-system.md',
      );
    }
    await sleep(clock, pollMs * nsPerMs, signal);
  }
}
