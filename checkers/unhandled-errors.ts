/**
 * unhandled-errors: which errors nobody had foreseen ended operations, most frequent first.
 *
 * Such an operation is `info`, which is safe, and may hide that a client is wrong: each is worth a note, and none is a
 * violation. What the error registry knows is not told.
 */
import { isSessionErrorCode } from '../src/core/error-registry.ts';
import { pair } from '../src/core/history/operation.ts';
import type { Operation } from '../src/core/history/operation.ts';
import { unknown, valid } from '../src/core/verdict.ts';
import type { Finding } from '../src/core/verdict.ts';
import { note } from './claims/findings.ts';
import { counted } from './claims/shown.ts';
import type { NamedChecker } from './spec.ts';

export const unhandledErrors: NamedChecker = {
  name: 'unhandled-errors',
  says: 'notes the errors that ended operations and that nobody had foreseen',
  spec: { checker: 'unhandled-errors' },
  check({ history }) {
    const { operations } = pair(history.entries);
    const byError = new Map<string, Operation[]>();
    for (const operation of operations.filter(isUnhandled)) {
      const known = byError.get(operation.error!) ?? [];
      byError.set(operation.error!, known);
      known.push(operation);
    }
    const findings = [...byError].toSorted(([, a], [, b]) => b.length - a.length).map(toNote);
    return {
      checker: 'unhandled-errors',
      verdict: operations.length === 0 ? unknown('vacuous') : valid,
      summary:
        operations.length === 0
          ? 'no client did anything'
          : `${counted(findings.length, 'unforeseen error')} in ${counted(operations.length, 'operation')}`,
      findings: findings.slice(0, findingsMax),
      figures: { operations: operations.length, errorsUnhandled: findings.length },
    };
  },
};

const isUnhandled = ({ outcome, error }: Operation): boolean =>
  outcome === 'info' && error !== undefined && !isSessionErrorCode(error);

const toNote = ([error, operations]: [string, Operation[]]): Finding =>
  note(
    'unhandled-error',
    `${counted(operations.length, 'operation')} ended in: ${error}`,
    operations,
  );

const findingsMax = 20;
