/** What a Toxiproxy server shows of itself, checked before it is believed. */
import { z } from 'zod';
import { harnessError } from '../core/errors.ts';

export const shownToxic = z.object({
  name: z.string(),
  type: z.string(),
  stream: z.string(),
  toxicity: z.number(),
  attributes: z.record(z.string(), z.number()),
});

/** A proxy; `listen` is the address that the system gave it, once it was enabled. */
export const shownProxy = z.object({
  name: z.string(),
  listen: z.string(),
  upstream: z.string(),
  enabled: z.boolean(),
  toxics: z.array(shownToxic),
});

/** All proxies, by name. */
export const shownProxies = z.record(z.string(), shownProxy);
export const shownVersion = z.object({ version: z.string() });

export type ShownProxy = z.infer<typeof shownProxy>;
/** By name. */
export type ShownProxies = ReadonlyMap<string, ShownProxy>;
export type ShownToxic = z.infer<typeof shownToxic>;

/** Reads an answer; throws when it is not of the shape that Toxiproxy's answers have. */
export function readShown<T>(schema: z.ZodType<T>, data: unknown, call: string): T {
  const read = schema.safeParse(data);
  if (read.success) return read.data;
  const why = z.prettifyError(read.error).replaceAll(/\s+/g, ' ');
  throw harnessError(`Toxiproxy's answer to ${call} cannot be read: ${why}`);
}
