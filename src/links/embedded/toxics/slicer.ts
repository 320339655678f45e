/**
 * slicer: cuts chunks into slices of about `average_size` ± `size_variation` bytes, `delay` microseconds apart.
 *
 * A chunk is halved, about, until its parts are small enough, so that no slice at either end is unlike the others.
 */
import type { Random } from '../../../core/random.ts';
import { nowMs, toxicKind } from './toxic.ts';

const usPerMs = 1000;

export const slicer = toxicKind({
  goType: 'toxics.SlicerToxic',
  fields: { average_size: 'int', size_variation: 'int', delay: 'int' },
  pipe: () => async (stub, attributes, random) => {
    for (;;) {
      const chunk = await stub.read();
      if (typeof chunk === 'string') return;
      for (const data of slices(chunk.data, attributes, random)) {
        await stub.write({ data, atMs: chunk.atMs });
        await stub.sleepUntil(nowMs() + attributes.delay / usPerMs);
      }
    }
  },
});

/** The slices, in order; together they are the bytes given, and none is empty. */
export function slices(
  data: Buffer,
  size: { readonly average_size: number; readonly size_variation: number },
  random: Random,
): Buffer[] {
  const variation = Math.max(0, size.size_variation);
  const bytesMax = Math.max(1, size.average_size + variation);
  const halve = (part: Buffer): Buffer[] => {
    if (part.length <= bytesMax) return [part];
    const shift = variation > 0 ? random.integer(-variation, variation - 1) : 0;
    const middle = Math.floor(part.length / 2) + shift;
    const within = Math.min(part.length - 1, Math.max(1, middle));
    return [...halve(part.subarray(0, within)), ...halve(part.subarray(within))];
  };
  return halve(data);
}
