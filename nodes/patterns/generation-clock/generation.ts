/** A generation: the number of a leader's reign (Raft: term). 0 stands before the first election. */
export type Generation = number & { readonly __unit: 'generation' };

export const generation = (number: number): Generation => number as Generation;

export const noGeneration = generation(0);

export const nextGeneration = (of: Generation): Generation => generation(of + 1);
