/** Links of a simulated network, in the runtime seam's words. A probe is a connection like any other, over the link. */
import { allLinks } from '../../core/ids.ts';
import type { Link, NodeId } from '../../core/ids.ts';
import type { LinkProbe, Links, ProbeResult } from '../../core/seams/runtime.ts';
import type { MemoryWorld } from '../../../nodes/sdk/memory/world.ts';
import { probeAnswerFrame, probeFrame } from '../../../nodes/sdk/wire.ts';

export function simulatedLinks(world: MemoryWorld, nodes: readonly NodeId[]): Links {
  const { network } = world;
  const all = allLinks(nodes);
  return {
    all,
    install: async ({ from, to }, fault) => network.install(from, to, fault),
    heal: async ({ from, to }) => network.heal(from, to),
    async healAll() {
      for (const { from, to } of all) network.heal(from, to);
    },
    probe: (link, timeoutMs) => probe(world, link, timeoutMs),
  };
}

/** Waits for the greeting, and then for the answer, at most `timeoutMs` each, as `src/links/probe.ts` does. */
function probe(world: MemoryWorld, link: Link, timeoutMs: number): Promise<LinkProbe> {
  const prober = world.clientWorld(link.to, link.from);
  return new Promise((resolve) => {
    let greeted = false;
    let askedMs = 0;
    const finish = (unseen: ProbeResult, answered = false): void => {
      cancel();
      connection.close();
      const backward = answered || greeted ? 'open' : unseen;
      const roundTrip = answered ? { roundTripMs: world.timeline.nowMs - askedMs } : {};
      resolve({ link, forward: answered ? 'open' : unseen, backward, ...roundTrip });
    };
    const silent = (): void => finish('silent');
    let cancel = prober.after(timeoutMs, silent);
    const connection = prober.dial({
      opened: () => {},
      frame({ kind }) {
        if (kind === probeAnswerFrame.kind) return finish('open', true);
        if (greeted) return;
        greeted = true;
        askedMs = world.timeline.nowMs;
        connection.send(probeFrame);
        cancel();
        cancel = prober.after(timeoutMs, silent);
      },
      closed: () => finish(greeted ? 'reset' : 'refused'),
    });
  });
}
