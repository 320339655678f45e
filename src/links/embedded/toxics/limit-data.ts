/** limit_data: passes the first `bytes` bytes of the connection, then closes it. */
import { toxicKind } from './toxic.ts';

export const limitData = toxicKind({
  goType: 'toxics.LimitDataToxic',
  fields: { bytes: 'int64' },
  pipe: () => {
    let bytesPassed = 0;
    return async (stub, { bytes }) => {
      for (;;) {
        const chunk = await stub.read();
        if (typeof chunk === 'string') return;
        const data = chunk.data.subarray(0, Math.max(0, bytes - bytesPassed));
        bytesPassed += data.length;
        await stub.write({ data, atMs: chunk.atMs });
        if (bytesPassed >= bytes) return stub.close();
      }
    };
  },
});
