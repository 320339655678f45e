/**
 * A probe: a connection through a link that tells what gets through, each way.
 *
 * Backward, from the node to whoever connects, is shown by the greeting that the node sends on accepting. Forward is
 * shown by an answer to what is asked then; an answer needs both ways, so while backward is silent, forward cannot be
 * seen and counts as silent too. A link that is cut one way, A→B, shows therefore:
 *
 *   probe of A→B: forward silent, backward open (B's greeting comes, what we ask is swallowed);
 *   probe of B→A: forward silent, backward silent (A's greeting is swallowed, for it goes from A to B).
 *
 * Toxiproxy accepts first and dials later: a connection that is closed before a byte came had no node behind it, and
 * counts as refused, like one that nobody accepted. A greeting that a fault cuts into slices is taken for the greeting
 * by its first.
 */
import { connect } from 'node:net';
import { clientsHost } from '../core/ids.ts';
import type { Link } from '../core/ids.ts';
import type { LinkProbe, ProbeResult } from '../core/seams/runtime.ts';
import type { Address, ProbeScript, System } from '../core/seams/system.ts';

/** Looks through the link whose proxy listens at the address, from wherever that address can be reached. */
export type Prober = (link: Link, address: Address, timeoutMs: number) => Promise<LinkProbe>;

/** A prober that speaks the system's language, from this very process. */
export const probeWith =
  (system: Pick<System, 'probe' | 'clientProbe'>): Prober =>
  (link, address, timeoutMs) =>
    probeLink(link, address, scriptFor(system, link), timeoutMs);

/** What makes the receiver of the link speak. */
export const scriptFor = (
  { probe, clientProbe = probe }: Pick<System, 'probe' | 'clientProbe'>,
  { from }: Link,
): ProbeScript => (from === clientsHost ? clientProbe : probe);

/** Waits for the greeting, and then for the answer, at most `timeoutMs` each. Never rejects for what the link does. */
export function probeLink(
  link: Link,
  address: Address,
  script: ProbeScript,
  timeoutMs: number,
): Promise<LinkProbe> {
  return new Promise((resolve) => {
    const socket = connect({ ...address, noDelay: true });
    let connected = false;
    let greeted = false;
    let askedMs: number | undefined;

    /** Ends the probe; what was not seen to be open is as told. */
    function finish(unseen: ProbeResult, answered = false): void {
      socket.destroy();
      const roundTrip =
        answered && askedMs !== undefined ? { roundTripMs: performance.now() - askedMs } : {};
      resolve({
        link,
        forward: answered ? 'open' : unseen,
        backward: answered || greeted ? 'open' : unseen,
        ...roundTrip,
      });
    }

    function ask(): void {
      askedMs = performance.now();
      socket.write(script.ask);
      socket.setTimeout(timeoutMs);
    }

    socket.setTimeout(timeoutMs);
    socket.on('timeout', () => finish('silent'));
    socket.on('connect', () => {
      connected = true;
      if (!script.greets) ask();
    });
    socket.on('data', () => {
      if (askedMs !== undefined) return finish('open', true);
      greeted = true;
      ask();
    });
    socket.on('end', () => finish(greeted ? 'reset' : 'refused'));
    socket.on('error', () => finish(connected ? 'reset' : 'refused'));
  });
}
