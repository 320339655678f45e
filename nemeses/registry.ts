/** Every nemesis, by the name that `--nemesis` takes; several run side by side, each with a rhythm of its own. */
import type { Nemesis } from '../src/core/seams/nemesis.ts';
import { clock } from './clock.ts';
import { kill } from './kill.ts';
import { partition } from './partition.ts';
import { pause } from './pause.ts';
import { powerLoss } from './power-loss.ts';
import { slowDisk } from './slow-disk.ts';
import { succession } from './succession.ts';

export const nemeses = {
  partition,
  kill,
  pause,
  succession,
  'power-loss': powerLoss,
  clock,
  'slow-disk': slowDisk,
} satisfies Record<string, Nemesis>;

export type NemesisName = keyof typeof nemeses;
