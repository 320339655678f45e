/** P-compositionality: a history is linearizable if and only if that of each independent object is. */
import type { Key } from '../../src/core/history/entry.ts';
import type { Operation } from '../../src/core/history/operation.ts';
import type { Model } from './model.ts';

export interface IndependentObject {
  /** Undefined where operations carry no key. */
  readonly key: Key | undefined;
  /** In the order of their invocations. */
  readonly operations: readonly Operation[];
}

/** Splits by the operations' `key`, then as the model says; objects come in the order of their first operations. */
export function splitByObject(
  operations: readonly Operation[],
  model: Pick<Model, 'partition'>,
): IndependentObject[] {
  const objects: { key: Key | undefined; operations: Operation[] }[] = [];
  const membersOf = new Map<Key | undefined, Map<Key | undefined, Operation[]>>();
  for (const operation of operations) {
    const { key } = operation;
    const part = model.partition?.(operation);
    const parts = membersOf.get(key) ?? new Map<Key | undefined, Operation[]>();
    membersOf.set(key, parts);
    const known = parts.get(part);
    if (known !== undefined) {
      known.push(operation);
      continue;
    }
    const members = [operation];
    parts.set(part, members);
    objects.push({ key: nameOf(key, part), operations: members });
  }
  return objects;
}

/** For people; it is not what tells objects apart. */
function nameOf(key: Key | undefined, part: Key | undefined): Key | undefined {
  if (part === undefined) return key;
  return key === undefined ? part : JSON.stringify([key, part]);
}
