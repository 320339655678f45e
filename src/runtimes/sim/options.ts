/** The simulator's options: what its world is like when no nemesis does anything to it. */
import { usageError } from '../../core/errors.ts';
import { fairWeather } from '../../../nodes/sdk/memory/world.ts';
import type { Weather } from '../../../nodes/sdk/memory/world.ts';

type Options = Readonly<Record<string, string>>;

const latency = 'sim.latency-ms';

/** Chance alone breaks connections, and frames and syncs are late enough to be overtaken: what a network does on a bad day. */
export const roughWeather: Options = {
  [latency]: '1-30',
  'sim.slow-share': '0.3',
  'sim.losses-per-hour': '3000',
  'sim.sync-ms': '20',
};

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
  [latency]: `how long a frame takes, least and most (default ${fairWeather.latencyMsMin}-${fairWeather.latencyMsMax})`,
  ...Object.fromEntries(
    Object.entries(numbers).map(([name, { says, field }]) => [
      name,
      `${says} (default ${fairWeather[field]})`,
    ]),
  ),
};

/** The weather that the options make; throws a usage error for a value that cannot be. */
export function weatherOf(options: Options): Weather {
  const given = Object.entries(numbers).flatMap(([name, { field, max }]) =>
    options[name] === undefined ? [] : [[field, numberOf(name, options[name], max)] as const],
  );
  return { ...fairWeather, ...latencyOf(options[latency]), ...Object.fromEntries(given) };
}

function latencyOf(text: string | undefined): Partial<Weather> {
  if (text === undefined) return {};
  const [min, max = min] = text.split('-').map(Number);
  if (!(min! >= 0 && max! >= min! && max! <= latencyMsMax))
    throw usageError(
      `--option ${latency} is "${text}", not MIN-MAX in milliseconds, at most ${latencyMsMax}`,
      '0.1-0.5',
    );
  return { latencyMsMin: min!, latencyMsMax: max! };
}

const latencyMsMax = 60_000;

function numberOf(name: string, text: string, max: number): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= 0 && value <= max) return value;
  throw usageError(`--option ${name} is "${text}", not a number from 0 to ${max}`);
}
