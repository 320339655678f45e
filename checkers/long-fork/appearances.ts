/** Which keys' writes each read has, and which not yet. Operations are lists of `[r, key, value]` and `[w, key, value]`. */
import { addTo } from '../claims/groups.ts';
import type { Operation } from '../../src/core/history/operation.ts';
import type { Finding } from '../../src/core/verdict.ts';
import { violation } from '../claims/findings.ts';
import { shown } from '../claims/shown.ts';
import { unreadable } from '../claims/values.ts';

export interface Appearances {
  readonly operation: Operation;
  /** Keys, as text, that have their value. */
  readonly there: readonly string[];
  /** Keys that are still empty. */
  readonly missing: readonly string[];
}

interface Access {
  readonly kind: 'r' | 'w';
  readonly key: string;
  readonly value: unknown;
}

/** Keys that were written more than once are left out, for of them a value says too little. */
export function appearancesIn(operations: readonly Operation[]): {
  readonly reads: readonly Appearances[];
  readonly findings: readonly Finding[];
} {
  const writes = new Map<string, Written[]>();
  for (const operation of operations)
    for (const { kind, key, value } of accessesIn(operation, operation.input))
      if (kind === 'w') addTo(writes, key, { operation, value });
  const findings: Finding[] = [];
  const reads: Appearances[] = [];
  for (const operation of operations) {
    if (operation.outcome !== 'ok') continue;
    const accesses = accessesIn(operation, operation.output);
    const own = new Set(accesses.filter(({ kind }) => kind === 'w').map(({ key }) => key));
    const seen = accesses.filter(({ key }) => !own.has(key) && isWrittenOnce(writes.get(key)));
    if (seen.length === 0) continue;
    const strange = seen.filter(
      (each) => each.value !== null && !explains(operation, each, writes),
    );
    findings.push(...strange.map((each) => unwritten(operation, each)));
    const there = seen.filter((each) => each.value !== null && !strange.includes(each));
    const missing = seen.filter(({ value }) => value === null);
    reads.push({ operation, there: there.map(keyOf), missing: missing.map(keyOf) });
  }
  return { reads, findings };
}

interface Written {
  readonly operation: Operation;
  readonly value: unknown;
}

const keyOf = ({ key }: Access): string => key;

const mayHaveHappened = ({ operation }: Written): boolean => operation.outcome !== 'fail';

const isWrittenOnce = (writes: readonly Written[] = []): boolean =>
  writes.filter(mayHaveHappened).length <= 1;

const explains = (
  read: Operation,
  { key, value }: Access,
  writes: ReadonlyMap<string, readonly Written[]>,
): boolean =>
  (writes.get(key) ?? []).some(
    (write) =>
      mayHaveHappened(write) &&
      write.operation.invokeIndex < read.completeIndex! &&
      shownWhole(write.value) === shownWhole(value),
  );

const shownWhole = (value: unknown): string => JSON.stringify(value);

const unwritten = (read: Operation, { key, value }: Access): Finding =>
  violation('unwritten-value', `${shown(value)} was read of ${key}, and nobody had written it`, [
    read,
  ]);

function accessesIn(operation: Operation, value: unknown): Access[] {
  if (!Array.isArray(value)) throw unreadable(operation, value, 'a list of [r or w, key, value]');
  return value.map((access: unknown) => {
    const [kind, key, of = null] = Array.isArray(access) ? (access as unknown[]) : [];
    if ((kind !== 'r' && kind !== 'w') || key === undefined)
      throw unreadable(operation, access, '[r or w, key, value]');
    return { kind, key: typeof key === 'string' ? key : JSON.stringify(key), value: of };
  });
}
