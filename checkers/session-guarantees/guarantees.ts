/** The four session guarantees, by name. */
export const guarantees = [
  'read-your-writes',
  'monotonic-reads',
  'monotonic-writes',
  'writes-follow-reads',
] as const;

export type Guarantee = (typeof guarantees)[number];
