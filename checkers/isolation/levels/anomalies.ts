/**
 * Every anomaly by its name, with what it means, and which anomaly implies which: a level that forbids an anomaly forbids all that
 * imply it. Names are those of Adya (*Weak Consistency*, MIT 1999) and of Elle (VLDB 2020).
 *
 * A cycle's name says how many anti-dependencies (rw) it has, its suffix what else it needs: nothing but data, the order in which
 * one client did things, or real time. A cycle without need of the order of a client is one that needs it, all the more.
 */

/** Of cycles, the most severe first. */
export const cycleNames = ['G0', 'G1c', 'G-single-item', 'G-nonadjacent-item', 'G2-item'] as const;
export const variants = ['', '-process', '-realtime'] as const;
export type CycleName = `${(typeof cycleNames)[number]}${(typeof variants)[number]}`;

/** What each of those that are no cycles means; the most severe first. */
export const oddities = {
  'duplicate-elements': 'a read shows an element twice',
  'cyclic-versions': 'the versions of a key come before one another in a circle',
  'incompatible-order': 'two reads show the elements of a key in orders that do not fit',
  'thin-air-read': 'a read shows what nobody wrote',
  'dirty-update': 'a write that did not happen was built upon',
  G1a: 'a read shows a write that did not happen',
  G1b: 'a read shows what a transaction wrote before it wrote its last',
  'future-read': 'a transaction read what it wrote only later',
  'own-write-unseen': 'a transaction did not see what it had itself written',
  internal: 'a transaction contradicts what it had itself read or written',
  'lost-update': 'two transactions read the same version and overwrote it',
} as const;
export type OddityName = keyof typeof oddities;

export type AnomalyName = OddityName | CycleName;

/** What each kind of cycle is made of. */
export const cycleMeanings: Readonly<Record<(typeof cycleNames)[number], string>> = {
  G0: 'writes overwrite one another in a circle',
  G1c: 'information flows in a circle',
  'G-single-item': 'a transaction saw a state that lacks what it must have seen (read skew)',
  'G-nonadjacent-item': 'no snapshots explain what was read',
  'G2-item': 'transactions each missed what another wrote (write skew)',
};

/** From an anomaly to those that it implies; the classes that levels forbid are among them. */
const implied: Readonly<Record<string, readonly string[]>> = {
  G0: ['G1c'],
  G1a: ['G1'],
  G1b: ['G1'],
  G1c: ['G1'],
  'G-single-item': ['G-single', 'G-nonadjacent-item'],
  'G-single': ['G-nonadjacent', 'G-SIb'],
  'G-SIb': ['G-SI'],
  'G-nonadjacent-item': ['G-nonadjacent', 'G2-item'],
  'G-nonadjacent': ['G2'],
  'G2-item': ['G2'],
  'thin-air-read': ['G1a'],
  'incompatible-order': ['G1a'],
  'dirty-update': ['G1a'],
  'future-read': ['G1c'],
  'own-write-unseen': ['internal'],
  'lost-update': ['write-skew', 'G2-item'],
  'write-skew': ['G2'],
};

/** The anomaly with all that it implies, directly or not, in every variant. */
export function closureOf(anomalies: Iterable<string>): ReadonlySet<string> {
  const all = new Set<string>();
  const due = [...anomalies];
  for (let name = due.pop(); name !== undefined; name = due.pop()) {
    if (all.has(name)) continue;
    all.add(name);
    const [base, suffix] = splitVariant(name);
    due.push(...(implied[base] ?? []).map((each) => each + suffix));
    if (suffix === '') due.push(`${base}-process`);
    if (suffix === '-process') due.push(`${base}-realtime`);
  }
  return all;
}

function splitVariant(name: string): [base: string, suffix: string] {
  const suffix = variants.find((each) => each !== '' && name.endsWith(each)) ?? '';
  return [name.slice(0, name.length - suffix.length), suffix];
}
