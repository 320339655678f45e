/** Wrong on purpose: write-ahead logs with one classic mistake each. */
import type { PlantedBugs } from '../planted-bugs.ts';
import { openWriteAheadLog, type OpenLog } from './log.ts';

export const writeAheadLogBugs = {
  'ack-before-fsync': {
    mistake: 'calls an entry durable once it is written, without waiting for the disk',
    // A killed process loses nothing that it has written: only a power failure brings this out.
    shows: { under: ['power-loss'], as: ['not-linearizable', 'committed-entries-agree'] },
    part: (env) =>
      openWriteAheadLog({ ...env, files: { ...env.files, syncFile: () => Promise.resolve() } }),
  },
} satisfies PlantedBugs<OpenLog>;
