/** slow_close: bytes pass as they come; that the sender has closed passes `delay` milliseconds late. */
import { nowMs, toxicKind } from './toxic.ts';

export const slowClose = toxicKind({
  goType: 'toxics.SlowCloseToxic',
  fields: { delay: 'int64' },
  pipe:
    () =>
    async (stub, { delay }) => {
      for (;;) {
        const chunk = await stub.read();
        if (chunk === 'ended') return stub.sleepUntil(nowMs() + delay);
        if (typeof chunk === 'string') return;
        await stub.write(chunk);
      }
    },
});
