/** Wrong on purpose: generation clocks with one classic mistake each. */
import type { PlantedBugs } from '../planted-bugs.ts';
import { emptyBallot, readBallot, writeBallot } from './ballot-file.ts';
import { ageOf, generationClock, type OpenGenerationClock } from './generation-clock.ts';

export const generationClockBugs = {
  'generation-in-memory': {
    mistake: 'keeps its generation and its vote in memory only',
    shows: {
      under: ['kill', 'power-loss'],
      as: ['generation-never-goes-back', 'one-leader-per-generation'],
    },
    part: (env) => Promise.resolve(generationClock(env, emptyBallot, () => Promise.resolve())),
  },
  'no-fencing': {
    mistake: 'takes messages of older generations for current ones',
    shows: {
      under: ['partition', 'pause', 'succession'],
      as: ['not-linearizable', 'committed-entries-agree'],
    },
    part: async (env) => {
      const kept = await readBallot(env.files);
      return generationClock(env, kept, (ballot) => writeBallot(env.files, ballot), blindToAge);
    },
  },
} satisfies PlantedBugs<OpenGenerationClock>;

const blindToAge: typeof ageOf = (seen, own) =>
  ageOf(seen, own) === 'older' ? 'current' : ageOf(seen, own);
