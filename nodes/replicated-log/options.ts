/**
 * The system's options: whole numbers with a default each. The election timeout is many beats long, so that a node which
 * the host lets wait for a moment is not taken for dead, and short enough that a new leader serves within two seconds.
 */
import { usageError } from '../../src/core/errors.ts';
import { readWholeNumber, type WholeNumber } from '../sdk/whole-number.ts';

interface Option extends WholeNumber {
  readonly says: string;
}

const table = {
  'heartbeat-ms': { default: 75, min: 1, says: 'how often the leader beats' },
  'election-timeout-ms-min': {
    default: 450,
    min: 2,
    says: 'the shortest silence of the leader after which a follower runs for its place',
  },
  'election-timeout-ms-max': {
    default: 900,
    min: 2,
    says: 'the longest such silence; also how long a leader leads that no quorum answers',
  },
  'suspect-at-phi': {
    default: 0,
    min: 0,
    says: 'suspect the leader at this phi of the phi-accrual detector; 0 for a fixed timeout',
  },
  'request-expiry-ms': {
    // Longer than an election takes, so that a request outlives one; not so long that a leader that is cut off keeps
    // its clients waiting for what it cannot give.
    default: 1500,
    min: 1,
    says: 'how long a request waits in a node for its answer',
  },
  'queued-requests-max': { default: 1024, min: 1, says: 'the bound of the update queue' },
  'waiting-requests-max': {
    default: 4096,
    min: 1,
    says: 'the most requests that wait in one node for their answers',
  },
  'batch-entries-max': { default: 256, min: 1, says: 'the most entries in one append' },
  'log-entries-max': {
    default: 2_000_000,
    min: 1,
    says: 'the length of the log from which on changes are refused',
  },
  'reply-kept-for-entries': {
    default: 100_000,
    min: 1,
    says: "for how many entries of the log a silent client's last reply is kept",
  },
} as const satisfies Record<string, Option>;

export type OptionName = keyof typeof table;
export type Options = Readonly<Record<OptionName, number>>;

const names = Object.keys(table) as OptionName[];

/** Every option and what it means, for help and for refusing others. */
export const optionsHelp: Readonly<Record<string, string>> = Object.fromEntries(
  names.map((name) => [name, `${table[name].says} (default ${table[name].default})`]),
);

/** All options, those not given at their defaults; throws a usage error for a value that cannot be. */
export function readOptions(given: Readonly<Record<string, string>>): Options {
  const options = Object.fromEntries(
    names.map((name) => [name, readWholeNumber(name, given[name], table[name])]),
  ) as Options;
  const [min, max] = ['election-timeout-ms-min', 'election-timeout-ms-max'] as const;
  if (options[min] > options[max])
    throw usageError(`--option ${min}=${options[min]} is above ${max}, which is ${options[max]}`);
  return options;
}
