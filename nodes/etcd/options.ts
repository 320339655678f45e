/**
 * The system's options. etcd's own defaults (a beat each 100 ms, elections after 1 to 2 s) are for networks; here a leader
 * that is gone is replaced within a second or so, and a node that the host lets wait for half a second is not taken for dead.
 */
import { usageError } from '../../src/core/errors.ts';
import { nearestHint } from '../../src/core/nearest.ts';
import { readWholeNumber, type WholeNumber } from '../sdk/whole-number.ts';

const numbers = {
  'heartbeat-interval': {
    default: 50,
    min: 1,
    says: 'milliseconds from one beat of the leader to the next',
  },
  'election-timeout': {
    default: 600,
    min: 5,
    says: 'milliseconds of silence after which a follower runs for leader, at the earliest; it draws up to twice that',
  },
} as const satisfies Record<string, WholeNumber & { says: string }>;

const booleans = ['true', 'false'];

export interface EtcdOptions {
  readonly heartbeatMs: number;
  readonly electionTimeoutMs: number;
  /** Reads are answered by the node that is asked, from what it has. */
  readonly serializableReads: boolean;
}

/** Every option and what it means, for help and for refusing others. */
export const optionsHelp: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    Object.entries(numbers).map(([name, each]) => [name, `${each.says} (default ${each.default})`]),
  ),
  'serializable-reads':
    'reads ask nobody else, so that a node which is cut off answers with what it has: stale on purpose (default false)',
};

/** etcd itself refuses less. */
const beatsPerTimeoutMin = 5;

/** All options, those not given at their defaults; throws a usage error for values that cannot be. */
export function readOptions(given: Readonly<Record<string, string>>): EtcdOptions {
  const number = (name: keyof typeof numbers) => readWholeNumber(name, given[name], numbers[name]);
  const [heartbeatMs, electionTimeoutMs] = [
    number('heartbeat-interval'),
    number('election-timeout'),
  ];
  if (electionTimeoutMs < beatsPerTimeoutMin * heartbeatMs)
    throw usageError(
      `--option election-timeout is ${electionTimeoutMs}, less than ${beatsPerTimeoutMin} times heartbeat-interval, which is ${heartbeatMs}`,
      `election-timeout=${beatsPerTimeoutMin * heartbeatMs} is the least`,
    );
  const serializable = given['serializable-reads'] ?? 'false';
  if (!booleans.includes(serializable))
    throw usageError(
      `--option serializable-reads is "${serializable}", neither true nor false`,
      nearestHint(serializable, booleans),
    );
  return { heartbeatMs, electionTimeoutMs, serializableReads: serializable === 'true' };
}
