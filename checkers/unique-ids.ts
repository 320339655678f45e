/** unique-ids: no id is generated twice; where operations have keys, no key's. */
import { addTo } from './claims/groups.ts';
import type { Operation } from '../src/core/history/operation.ts';
import type { Finding } from '../src/core/verdict.ts';
import type { Claim, Judgement } from './claims/claim.ts';
import { violation } from './claims/findings.ts';
import { counted } from './claims/shown.ts';
import { unreadable } from './claims/values.ts';
import { atom, describeAtom } from './linearizability/models/values.ts';
import type { Atom } from './linearizability/models/values.ts';

export const uniqueIds: Claim = {
  name: 'unique-ids',
  says: 'no id is generated twice',
  reads: ['generate'],
  objects: 'by-key',
  judge,
  held: ({ ids = 0 }) => `${counted(ids, 'id')}, all different`,
};

/** An id that nobody was given, for its answer was lost, is nobody's twice. */
function judge(operations: readonly Operation[]): Judgement {
  const owners = new Map<Atom, Operation[]>();
  for (const operation of operations) {
    if (operation.outcome !== 'ok') continue;
    if (operation.output === null || operation.output === undefined)
      throw unreadable(operation, operation.output, 'an id', operation.completeIndex);
    addTo(owners, atom(operation.output), operation);
  }
  const findings = [...owners].filter(([, given]) => given.length > 1).map(toFinding);
  const figures = { ids: owners.size, idsDuplicated: findings.length };
  return owners.size === 0
    ? { findings, figures, vacuous: 'no id was generated' }
    : { findings, figures };
}

const toFinding = ([id, given]: [Atom, Operation[]]): Finding =>
  violation('duplicate-id', `id ${describeAtom(id)} was generated ${given.length} times`, given);
