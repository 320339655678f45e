/**
 * The second half of the clients only read. Where a leader has lost its quorum the first write hangs, and a client that
 * hangs sees nothing more; one that only reads keeps asking, which is how a stale answer is caught.
 */
import type { Route } from '../src/generator/route.ts';

export const readersApart: Route = ({ f }, place, clients) =>
  clients < 2 || (f === 'read') === place >= clients / 2;
