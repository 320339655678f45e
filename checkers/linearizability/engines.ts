/** The engines, by the names that `--engine` takes. All give the same verdicts. */
import type { Engine } from './engine.ts';
import { jit } from './jit/jit.ts';
import { wgl } from './wgl.ts';

export const engines = {
  /** One pass, zones, and a just-in-time search with what is known of the model. */
  dsp: jit,
  /** Porcupine's algorithm, for reference. */
  porcupine: wgl,
} satisfies Record<string, Engine>;

/**
 * With how many steps a problem has to do at first, while others wait: enough for most that are short. The reference takes
 * many more for the same, each a smaller one.
 */
export const stepsFirst = { dsp: 200, porcupine: 4000 } satisfies Record<EngineName, number>;

export type EngineName = keyof typeof engines;

export const engineNames = Object.keys(engines) as readonly EngineName[];
