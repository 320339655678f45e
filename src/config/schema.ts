/**
 * What can be configured: one schema, from which flags, `DSP_*` variables, `dsp.config.ts`, its messages and its JSON
 * schema all come. It knows the shape of each value; whether a system or a nemesis of that name exists, and whether
 * they go together, `src/run/plan.ts` says.
 */
import { z } from 'zod';
import type { SystemDefinition } from './define-system.ts';

const name = z.string().min(1);
const names = z.array(name);
const seconds = z.number().positive().max(86_400);
const secondsRange = z.tuple([seconds, seconds]);
const milliseconds = z.int().min(1).max(3_600_000);

/** Every key has a default, so that the schema of nothing is the default configuration. */
export const configSchema = z.strictObject({
  system: name.default('replicated-log').describe('what is tested (dsp list systems)'),
  workload: name.default('register').describe('what clients do (dsp list workloads)'),
  nemesis: names
    .default([])
    .describe('fault families, comma-separated; none for no faults (dsp list nemeses)'),
  runtime: name.default('process').describe('where nodes run'),
  nodes: z.int().min(1).max(99).default(5).describe('how many nodes'),
  concurrency: z
    .union([z.int().min(1).max(10_000), z.string().regex(/^[1-9]\d{0,2}n$/)])
    .default('2n')
    .describe('client threads: a number, or a multiple of the nodes such as 2n'),
  rate: z
    .union([z.number().positive().max(1_000_000), z.literal('max')])
    .default(100)
    .describe('operations a second, all clients together; max for as fast as they go'),
  timeLimit: seconds.default(30).describe('seconds of load with faults'),
  seed: name.max(100).optional().describe('the seed of everything drawn; a fresh one if absent'),
  bug: names.default([]).describe('planted bugs, comma-separated or repeated (dsp list bugs)'),
  toxiproxy: name
    .default('auto')
    .describe('what serves the links: auto, embedded, or the path of a toxiproxy-server'),
  image: z
    .record(z.string(), name)
    .default({})
    .describe(
      "the container image of a system, of toxiproxy, or of base (what the image of dsp's own nodes is built on), NAME=IMAGE; repeatable",
    ),
  option: z
    .record(z.string(), z.string())
    .default({})
    .describe(
      'an option of the system, the workload or a nemesis, KEY=VALUE, or KEY for KEY=true; repeatable',
    ),
  repeat: z
    .int()
    .min(1)
    .max(1_000_000)
    .default(1)
    .describe('how many runs, each with its own seed'),
  untilFail: z.boolean().default(false).describe('repeat until a run is not valid'),
  keep: z.boolean().default(false).describe("keep the nodes' data folders after the run"),
  out: name.default('results').describe('where run folders are written'),
  faultSeconds: secondsRange.default([2, 5]).describe('how long a fault lasts, least and most'),
  calmSeconds: secondsRange.default([1, 3]).describe('how long calm lasts between two faults'),
  operationTimeoutMs: milliseconds.default(2000).describe('after which an operation is unknown'),
  readyTimeoutMs: milliseconds.default(15_000).describe('within which a node must be ready'),
  recoveryBoundSeconds: seconds
    .default(20)
    .describe('within which every client must succeed again after the faults are healed'),
  checkBudgetSeconds: seconds.default(60).describe('after which a checker says unknown'),
  checkMemoryMegabytes: z.int().min(16).max(1_000_000).default(2048).describe("a checker's memory"),
});

/** What a `dsp.config.ts` may export: every setting optional, and systems of one's own. */
export interface Config extends z.input<typeof configSchema> {
  /** By the names that `system` takes. */
  readonly systems?: Readonly<Record<string, SystemDefinition>>;
}

/** Every key with its value. */
export type CompleteConfig = z.output<typeof configSchema>;

export type ConfigKey = keyof CompleteConfig;

/** In the order of the schema. */
export const configKeys = Object.keys(configSchema.shape) as readonly ConfigKey[];

/** That of a configuration as it is written. */
export const jsonSchema = (): object => z.toJSONSchema(configSchema, { io: 'input' });
