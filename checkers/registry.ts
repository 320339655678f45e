/**
 * Every checker by the name that `--checker` takes, with how one is made from options that are plain data. `dsp list`
 * and the workers that check read this table.
 */
import { usageError } from '../src/core/errors.ts';
import { nearestHint } from '../src/core/nearest.ts';
import { availability } from './availability/checker.ts';
import { bankFrom } from './bank/bank.ts';
import { causalFrom } from './causal/causal.ts';
import { claimChecker } from './claims/claim.ts';
import type { Claim } from './claims/claim.ts';
import { readOptions } from './claims/options.ts';
import { counter } from './counter.ts';
import { invariantChecker, invariantRegistry } from './invariants/registry.ts';
import type { InvariantName } from './invariants/registry.ts';
import { listAppendFrom } from './isolation/list-append/checker.ts';
import { rwRegisterFrom } from './isolation/rw-register/checker.ts';
import { weakIsolationFrom } from './isolation/weak/checker.ts';
import { linearizableFrom } from './linearizability/options.ts';
import { logPatternsFrom } from './log-patterns.ts';
import { logFrom } from './log/log.ts';
import { longFork } from './long-fork/long-fork.ts';
import type { CheckerSpec } from '../src/core/seams/checker.ts';
import { sessionGuaranteesFrom } from './session-guarantees/session-guarantees.ts';
import { sequentialFrom } from './sequential/sequential.ts';
import { setFullFrom } from './set/set-full.ts';
import { set } from './set/set.ts';
import type { NamedChecker } from './spec.ts';
import { totalQueueFrom } from './total-queue/total-queue.ts';
import { stats } from './stats.ts';
import { unexpectedExits } from './unexpected-exits.ts';
import { unhandledErrors } from './unhandled-errors.ts';
import { uniqueIds } from './unique-ids.ts';
import { watch } from './watch/watch.ts';

export interface CheckerEntry {
  readonly says: string;
  /** Throws a `usage` error for options that cannot be. */
  make(options: CheckerOptions): NamedChecker;
}

export type CheckerOptions = Readonly<Record<string, unknown>>;

const fixed = (checker: NamedChecker): CheckerEntry => ({
  says: checker.says,
  make(options) {
    const [option] = Object.keys(options);
    if (option !== undefined)
      throw usageError(`the checker ${checker.name} has no option ${option}; it takes none`);
    return checker;
  },
});

/** One that judges what clients saw, and has options. */
const claim = (from: (options: CheckerOptions) => Claim): CheckerEntry => ({
  says: from({}).says,
  make: (options) => claimChecker(from(options), options),
});

/** One that has none. */
const fixedClaim = (fixed: Claim): CheckerEntry =>
  claim((options) => {
    readOptions(fixed.name, options, {});
    return fixed;
  });

const invariant = (name: InvariantName): CheckerEntry =>
  fixed(invariantChecker(invariantRegistry[name]));

export const checkers = {
  linearizable: {
    says: 'all operations fit one order that respects real time and the model',
    make: linearizableFrom,
  },
  'list-append': {
    says: 'transactions that append to lists and read them keep an isolation level',
    make: listAppendFrom,
  },
  'rw-register': {
    says: 'transactions that write to registers and read them keep an isolation level',
    make: rwRegisterFrom,
  },
  'weak-isolation': {
    says: 'transactions that write to registers and read them are causal, or weaker',
    make: weakIsolationFrom,
  },
  set: fixedClaim(set),
  'set-full': claim(setFullFrom),
  counter: fixedClaim(counter),
  'unique-ids': fixedClaim(uniqueIds),
  'total-queue': claim(totalQueueFrom),
  bank: claim(bankFrom),
  'session-guarantees': claim(sessionGuaranteesFrom),
  causal: claim(causalFrom),
  log: claim(logFrom),
  sequential: claim(sequentialFrom),
  'long-fork': fixedClaim(longFork),
  watch: fixedClaim(watch),
  stats: fixed(stats),
  availability: fixed(availability),
  'unhandled-errors': fixed(unhandledErrors),
  'log-patterns': { says: logPatternsFrom({}).says, make: logPatternsFrom },
  'unexpected-exits': fixed({ ...unexpectedExits, spec: { checker: 'unexpected-exits' } }),
  'one-leader-per-generation': invariant('one-leader-per-generation'),
  'generation-never-goes-back': invariant('generation-never-goes-back'),
  'committed-entries-agree': invariant('committed-entries-agree'),
  'high-water-mark-never-goes-back': invariant('high-water-mark-never-goes-back'),
} satisfies Record<string, CheckerEntry>;

export type CheckerName = keyof typeof checkers;

export const checkerNames = Object.keys(checkers) as readonly CheckerName[];

/** Makes the checker that is written down; throws a `usage` error for one that is not known. */
export function makeChecker(spec: CheckerSpec): NamedChecker {
  if (!Object.hasOwn(checkers, spec.checker))
    throw usageError(
      `--checker: ${spec.checker} is not known`,
      nearestHint(spec.checker, checkerNames),
    );
  const entry: CheckerEntry = checkers[spec.checker as CheckerName];
  return entry.make(spec.options ?? {});
}
