/** The parts of `dsp list`; apart from the catalogue, which loads every system to fill them. */
export const sections = ['systems', 'workloads', 'nemeses', 'checkers', 'bugs'] as const;
export type Section = (typeof sections)[number];
