/**
 * reset_peer: `timeout` milliseconds after the first bytes, which are lost, the connection is closed.
 *
 * Both peers of a connection that was opened while the toxic was there see a reset. A connection that is older sees an
 * ordinary close: the real server decides how a connection will end when it is opened, and so do we.
 * An interrupt does not save the connection, for bytes are missing in it: it is closed then and there.
 */
import { nowMs, toxicKind } from './toxic.ts';

export const resetPeer = toxicKind({
  goType: 'toxics.ResetToxic',
  fields: { timeout: 'int64' },
  closesWithReset: true,
  pipe:
    () =>
    async (stub, { timeout }) => {
      const first = await stub.read();
      if (first === 'interrupted') return;
      await stub.sleepUntil(nowMs() + timeout);
      stub.close();
    },
});
