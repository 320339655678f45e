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
  const objects = new Map<Key | undefined, Operation[]>();
  for (const operation of operations) {
    const key = objectOf(operation, model);
    const known = objects.get(key);
    if (known === undefined) objects.set(key, [operation]);
    else known.push(operation);
  }
  return Array.from(objects, ([key, members]) => ({ key, operations: members }));
}

function objectOf(operation: Operation, model: Pick<Model, 'partition'>): Key | undefined {
  const part = model.partition?.(operation);
  if (part === undefined) return operation.key;
  return operation.key === undefined ? part : JSON.stringify([operation.key, part]);
}
