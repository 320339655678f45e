/**
 * The isolation levels: what each forbids itself, and which weaker ones each implies (Adya 1999; Cerone, Bernardi & Gotsman,
 * CONCUR 2015; Bailis et al., VLDB 2013).
 *
 * An anomaly excludes the levels that forbid it or anything that it implies, and every level that implies one of those. A level is
 * *decided* if all that it forbids can be found: of any other a history can be known to violate it, never to keep it.
 */
import { closureOf, variants } from './anomalies.ts';
import type { IsolationSummary } from '../../../src/core/isolation.ts';

export interface Level {
  readonly forbids: readonly string[];
  /** Weaker levels that it implies. */
  readonly implies: readonly string[];
  readonly decided?: true;
}

export const levels: Readonly<Record<string, Level>> = {
  'read-uncommitted': {
    forbids: ['G0', 'duplicate-elements', 'cyclic-versions'],
    implies: [],
    decided: true,
  },
  'read-committed': { forbids: ['G1'], implies: ['read-uncommitted'], decided: true },
  'monotonic-atomic-view': { forbids: [], implies: ['read-committed'] },
  'monotonic-view': { forbids: ['G1', 'G-monotonic'], implies: ['read-committed'] },
  'monotonic-snapshot-read': { forbids: ['G1', 'G-MSR'], implies: ['read-committed'] },
  'cursor-stability': { forbids: ['G1', 'G-cursor', 'lost-update'], implies: ['read-committed'] },
  'read-atomic': {
    forbids: ['internal', 'G1a', 'future-read'],
    implies: ['monotonic-atomic-view'],
  },
  'update-atomic': { forbids: ['lost-update'], implies: ['read-atomic'] },
  'causal-cerone': { forbids: ['internal', 'G1a'], implies: ['read-atomic'] },
  prefix: { forbids: ['internal', 'G1a'], implies: ['causal-cerone'] },
  'parallel-snapshot-isolation': {
    forbids: ['internal', 'G1a'],
    implies: ['causal-cerone', 'update-atomic'],
  },
  'consistent-view': {
    forbids: ['G1', 'G-single'],
    implies: ['cursor-stability', 'monotonic-view'],
    decided: true,
  },
  'forward-consistent-view': { forbids: ['G1', 'G-SIb'], implies: ['consistent-view'] },
  'update-serializable': { forbids: [], implies: ['forward-consistent-view'] },
  'view-serializable': { forbids: [], implies: [] },
  'repeatable-read': {
    forbids: ['G1', 'G2-item', 'lost-update'],
    implies: ['cursor-stability', 'monotonic-atomic-view'],
    decided: true,
  },
  'snapshot-isolation': {
    forbids: ['internal', 'G1', 'G-SI', 'G-nonadjacent'],
    implies: [
      'forward-consistent-view',
      'monotonic-atomic-view',
      'monotonic-snapshot-read',
      'parallel-snapshot-isolation',
      'prefix',
    ],
    decided: true,
  },
  serializable: {
    forbids: ['internal', 'G1', 'G2', 'predicate-read-miss'],
    implies: ['repeatable-read', 'snapshot-isolation', 'view-serializable', 'update-serializable'],
    decided: true,
  },
  'strong-session-read-uncommitted': {
    forbids: ['G0-process'],
    implies: ['read-uncommitted'],
    decided: true,
  },
  'strong-session-read-committed': {
    forbids: ['G1-process'],
    implies: ['read-committed', 'strong-session-read-uncommitted'],
    decided: true,
  },
  'strong-session-snapshot-isolation': {
    forbids: ['internal', 'G1-process', 'G-nonadjacent-process'],
    implies: ['snapshot-isolation', 'strong-session-read-committed'],
    decided: true,
  },
  'strong-session-serializable': {
    forbids: ['internal', 'G1-process', 'G2-process'],
    implies: ['serializable', 'strong-session-snapshot-isolation'],
    decided: true,
  },
  'strong-read-uncommitted': {
    forbids: ['G0-realtime'],
    implies: ['strong-session-read-uncommitted'],
    decided: true,
  },
  'strong-read-committed': {
    forbids: ['G1-realtime'],
    implies: ['strong-session-read-committed', 'strong-read-uncommitted'],
    decided: true,
  },
  'strong-snapshot-isolation': {
    forbids: ['internal', 'G1-realtime', 'G-nonadjacent-realtime'],
    implies: ['strong-session-snapshot-isolation', 'strong-read-committed'],
    decided: true,
  },
  'strict-serializable': {
    forbids: ['G1', 'G1c-realtime', 'G2-realtime'],
    implies: ['strong-session-serializable', 'strong-snapshot-isolation'],
    decided: true,
  },
};

/** Other names, of Adya and of the field. */
const aliases: Readonly<Record<string, string>> = {
  'PL-1': 'read-uncommitted',
  'PL-2': 'read-committed',
  'PL-CS': 'cursor-stability',
  'PL-2L': 'monotonic-view',
  'PL-MSR': 'monotonic-snapshot-read',
  'PL-2+': 'consistent-view',
  'PL-FCV': 'forward-consistent-view',
  'PL-SI': 'snapshot-isolation',
  'PL-2.99': 'repeatable-read',
  'PL-3U': 'update-serializable',
  'PL-3': 'serializable',
  'PL-SS': 'strict-serializable',
  'strong-serializable': 'strict-serializable',
};

/** The levels that a history can be known to keep. */
export const decidedLevels = Object.keys(levels).filter((name) => levels[name]!.decided === true);

/** The level of a name, whichever of its names that is. */
export const levelNamed = (name: string): string => aliases[name] ?? name;

/** The levels that these anomalies exclude. */
export function excludedBy(anomalies: Iterable<string>): ReadonlySet<string> {
  const present = closureOf(anomalies);
  const excluded = new Set<string>();
  const isExcluded = (name: string): boolean =>
    excluded.has(name) ||
    levels[name]!.forbids.some((each) => present.has(each)) ||
    levels[name]!.implies.some(isExcluded);
  for (const name of Object.keys(levels)) if (isExcluded(name)) excluded.add(name);
  return excluded;
}

/**
 * Whether a level asks more of the order of versions than that there is one: those that forbid no anti-dependencies are kept in any order in
 * which dependencies do not go in a circle.
 */
export const asksForOrder = (name: string): boolean =>
  [name, ...weakerThan(name)].some((each) => levels[each]!.forbids.some(hasAntiDependency));

const hasAntiDependency = (anomaly: string) => /^G2|^G-/.test(anomaly);

/** What a level respects beside data: its place among the `variants` of anomalies. */
export const variantOf = (name: string): number =>
  Math.max(
    ...levels[name]!.forbids.map((anomaly) =>
      variants.findLastIndex((each) => anomaly.endsWith(each)),
    ),
  );

/** The weakest of the levels that are excluded, and the others. */
export function summaryOf(anomalyTypes: readonly string[]): IsolationSummary {
  const excluded = excludedBy(anomalyTypes);
  const isWeakest = (name: string) => !weakerThan(name).some((each) => excluded.has(each));
  const all = [...excluded];
  return {
    anomalyTypes,
    not: all.filter(isWeakest),
    alsoNot: all.filter((name) => !isWeakest(name)),
  };
}

const weakerThan = (name: string): string[] => {
  const { implies } = levels[name]!;
  return [...implies, ...implies.flatMap(weakerThan)];
};
