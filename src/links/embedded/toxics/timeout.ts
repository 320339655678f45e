/**
 * timeout: swallows all bytes; the connection is closed when none came for `timeout` milliseconds, or never if that is 0.
 *
 * With 0 it is the black hole: the connection stays open, and silent, until the toxic is removed; then it is closed,
 * for the bytes that it swallowed can never arrive.
 */
import { toxicKind } from './toxic.ts';

export const timeout = toxicKind({
  goType: 'toxics.TimeoutToxic',
  fields: { timeout: 'int64' },
  closesWhenRemoved: true,
  pipe:
    () =>
    async (stub, { timeout }) => {
      const withinMs = timeout > 0 ? timeout : Infinity;
      for (;;) {
        const chunk = await stub.read(withinMs);
        if (chunk === 'late') return stub.close();
        if (typeof chunk === 'string') return;
      }
    },
});
