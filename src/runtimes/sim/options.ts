/** The simulator's options: what its world is like when no nemesis does anything to it, where the seed is not to decide. */
import { usageError } from '../../core/errors.ts';
import { fairWeather } from '../../../nodes/sdk/memory/world.ts';
import type { Weather } from '../../../nodes/sdk/memory/world.ts';
import { drawWeather } from './weather.ts';

type Options = Readonly<Record<string, string>>;

const latency = 'sim.latency-ms';
const weather = 'sim.weather';

/** By name: which part of the weather a number is. */
const numbers = {
  'sim.slow-share': {
    says: 'the share of all frames that take up to ten times as long',
    field: 'slowShare',
    max: 1,
  },
  'sim.losses-per-hour': {
    says: 'how often an hour a connection breaks by itself',
    field: 'lossesPerHour',
    max: 1_000_000,
  },
  'sim.sync-ms': { says: 'how long a sync of a disk takes', field: 'syncMs', max: 60_000 },
} as const satisfies Record<
  string,
  { readonly says: string; readonly field: keyof Weather; readonly max: number }
>;

/** Every option and what it means. */
export const simOptions: Options = {
  [weather]: 'drawn: the seed decides on what is not given here (default); fair: a quiet host',
  [latency]: `how long a frame takes, least and most (fair: ${fairWeather.latencyMsMin}-${fairWeather.latencyMsMax})`,
  ...Object.fromEntries(
    Object.entries(numbers).map(([name, { says, field }]) => [
      name,
      `${says} (fair: ${fairWeather[field]})`,
    ]),
  ),
};

/** The weather of a run with these options; throws a usage error for a value that cannot be. */
export function weatherOf(options: Options, seed: string): Weather {
  const given = Object.entries(numbers).flatMap(([name, { field, max }]) =>
    options[name] === undefined
      ? []
      : [[field, numberOf(name, options[name], max, fairWeather[field])] as const],
  );
  return {
    ...usual(options[weather], seed),
    ...latencyOf(options[latency]),
    ...Object.fromEntries(given),
  };
}

function usual(text: string | undefined, seed: string): Weather {
  if (text === undefined || text === 'drawn') return drawWeather(seed);
  if (text === 'fair') return fairWeather;
  throw usageError(`--option ${weather} is "${text}", not drawn or fair`, 'drawn');
}

function latencyOf(text: string | undefined): Partial<Weather> {
  if (text === undefined) return {};
  const [, least, most = least] = /^(\d[\d.]*)(?:-(\d[\d.]*))?$/.exec(text) ?? [];
  const [min, max] = [Number(least), Number(most)];
  if (!(min <= max && max <= latencyMsMax))
    throw usageError(
      `--option ${latency} is "${text}", not MIN-MAX in milliseconds, at most ${latencyMsMax}`,
      '0.1-0.5',
    );
  return { latencyMsMin: min, latencyMsMax: max };
}

const latencyMsMax = 60_000;

function numberOf(name: string, text: string, max: number, usual: number): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= 0 && value <= max) return value;
  throw usageError(`--option ${name} is "${text}", not a number from 0 to ${max}`, `${usual}`);
}
