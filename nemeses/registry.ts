/** Every nemesis, by the name that `--nemesis` takes; several run side by side, each with a rhythm of its own. */
import type { Nemesis } from '../src/core/seams/nemesis.ts';
import { kill } from './kill.ts';
import { partition } from './partition.ts';
import { pause } from './pause.ts';
import { succession } from './succession.ts';

export const nemeses = { partition, kill, pause, succession } satisfies Record<string, Nemesis>;

export type NemesisName = keyof typeof nemeses;
