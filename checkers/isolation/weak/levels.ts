/**
 * The weak levels that can be judged without an order of versions, each stronger than the one before (Biswas & Enea, OOPSLA 2019), and what
 * excludes each. `read-committed` is theirs, which asks more than Adya's: who has read from a transaction sees nothing older of it after. That a transaction sees what
 * it has itself written is part of all of them (§2).
 */
export const weakLevels = ['read-committed', 'read-atomic', 'causal'] as const;
export type WeakLevel = (typeof weakLevels)[number];

/** From each anomaly to the weakest level that it excludes. */
export const excludes = {
  'thin-air-read': 'read-committed',
  G1a: 'read-committed',
  G1b: 'read-committed',
  'future-read': 'read-committed',
  'read-committed-cycle': 'read-committed',
  'own-write-unseen': 'read-committed',
  internal: 'read-atomic',
  'read-atomic-cycle': 'read-atomic',
  'causal-cycle': 'causal',
} as const satisfies Record<string, WeakLevel>;

export type WeakAnomaly = keyof typeof excludes;

export const cycleOf = (level: WeakLevel): WeakAnomaly => `${level}-cycle`;
