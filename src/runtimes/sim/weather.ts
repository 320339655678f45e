/**
 * The weather of a simulated run: how fast its network and its disks are, and how reliable, when no nemesis does anything.
 *
 * It is drawn from the seed. Bugs hide in coincidences (two candidates at once, an answer that comes after the next
 * question), and which of them can happen depends on how long things take; one weather would make some of them impossible
 * in every run. What an option fixes is not drawn.
 */
import { fairWeather } from '../../../nodes/sdk/memory/world.ts';
import type { Weather } from '../../../nodes/sdk/memory/world.ts';
import { logUniform, seededRandom, type Random } from '../../core/random.ts';

/** A quarter of all runs have the weather of one quiet host; most have a slower network, some also a worse one. */
export function drawWeather(seed: string): Weather {
  const random = seededRandom(seed).fork('weather');
  const kind = random.fork('kind').fraction();
  if (kind < 0.25) return fairWeather;
  const slow = {
    ...fairWeather,
    ...slowNetwork(random.fork('network')),
    syncMs: drawSyncMs(random),
  };
  return kind < 0.75 ? slow : { ...slow, ...worseNetwork(random.fork('worse')) };
}

const slowNetwork = (random: Random): Partial<Weather> => {
  const latencyMsMin = round(logUniform(random, 0.2, 5));
  return { latencyMsMin, latencyMsMax: round(latencyMsMin * logUniform(random, 1.5, 10)) };
};

const worseNetwork = (random: Random): Partial<Weather> => ({
  slowShare: round(logUniform(random, 0.002, 0.3)),
  lossesPerHour: Math.round(logUniform(random, 20, 3000)),
});

const drawSyncMs = (random: Random): number => round(logUniform(random.fork('disk'), 0.1, 10));

/** Three digits are enough, and can be read. */
const round = (value: number): number => Number(value.toPrecision(3));

/** In a few words, for the report. */
export function describeWeather(weather: Weather): string {
  const { latencyMsMin, latencyMsMax, slowShare, lossesPerHour, syncMs } = weather;
  return [
    `latency ${latencyMsMin}–${latencyMsMax} ms`,
    `sync ${syncMs} ms`,
    ...(slowShare > 0 ? [`${round(slowShare * 100)} % slow`] : []),
    ...(lossesPerHour > 0 ? [`${lossesPerHour} losses an hour`] : []),
  ].join(', ');
}
