/**
 * latency: every chunk arrives `latency` ± `jitter` milliseconds after it was sent, in order.
 *
 * The delay counts from when the chunk was read, not from when its turn came: chunks wait side by side, so the rate
 * is unharmed. What the next toxic takes for the time of the chunk is moved on by as much, so that delays add up.
 */
import type { Random } from '../../../core/random.ts';
import { nowMs, toxicKind } from './toxic.ts';

export const latency = toxicKind({
  goType: 'toxics.LatencyToxic',
  fields: { latency: 'int64', jitter: 'int64' },
  bufferChunks: 1024,
  pipe:
    () =>
    async (stub, { latency, jitter }, random) => {
      for (;;) {
        const chunk = await stub.read();
        if (typeof chunk === 'string') return;
        const waitMs = drawDelayMs(latency, jitter, random) - (nowMs() - chunk.atMs);
        await stub.sleepUntil(nowMs() + waitMs);
        await stub.write({ data: chunk.data, atMs: chunk.atMs + waitMs });
      }
    },
});

/** Evenly between latency − jitter (included) and latency + jitter (excluded). */
function drawDelayMs(latencyMs: number, jitterMs: number, random: Random): number {
  return jitterMs > 0 ? latencyMs + random.integer(-jitterMs, jitterMs - 1) : latencyMs;
}
