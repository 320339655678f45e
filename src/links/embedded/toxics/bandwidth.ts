/**
 * bandwidth: at most `rate` kilobytes (1000 bytes) a second.
 *
 * A chunk that takes longer than a tenth of a second goes in pieces of a tenth of a second each. A timer that rings
 * late is made up for by the next wait. A rate of 0 lets nothing through.
 */
import type { Chunk, Stub } from './toxic.ts';
import { nowMs, toxicKind } from './toxic.ts';

const pieceMs = 100;

export const bandwidth = toxicKind({
  goType: 'toxics.BandwidthToxic',
  fields: { rate: 'int64' },
  pipe:
    () =>
    async (stub, { rate }) => {
      let owedMs = 0;
      for (;;) {
        const chunk = await stub.read();
        if (typeof chunk === 'string') return;
        owedMs = await trickle(stub, chunk, Math.max(0, rate), owedMs);
      }
    },
});

/** Sends one chunk; returns how much of the time that it takes is yet to be waited (negative: too much was). */
async function trickle(
  stub: Stub,
  chunk: Chunk,
  bytesPerMs: number,
  owedMs: number,
): Promise<number> {
  if (bytesPerMs === 0) {
    await stub.sleepUntil(Infinity);
    await stub.write(chunk);
    return 0;
  }
  const pieceBytes = bytesPerMs * pieceMs;
  let { data } = chunk;
  let waitMs = owedMs + data.length / bytesPerMs;
  for (; data.length > pieceBytes; data = data.subarray(pieceBytes)) {
    await stub.sleepUntil(nowMs() + pieceMs);
    await stub.write({ data: data.subarray(0, pieceBytes), atMs: chunk.atMs });
    waitMs -= pieceMs;
  }
  const startMs = nowMs();
  await stub.sleepUntil(startMs + waitMs);
  const waitedMs = nowMs() - startMs;
  await stub.write({ data, atMs: chunk.atMs });
  return waitMs - waitedMs;
}
