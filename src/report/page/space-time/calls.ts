/** The operations that are a finding's evidence, as a diagram draws them: what they say, and what part they play. */
import type { ReportFinding } from '../../model.ts';
import type { Context } from '../context.ts';
import { outcomeNames, says } from '../operations.ts';

export interface Call {
  /** Place in the operations. */
  readonly operation: number;
  readonly says: string;
  readonly client: number;
  readonly callUs: number;
  /** When the client had its answer or gave up. */
  readonly endUs: number;
  /** Nobody knows when it took effect, if it did: it has no end. */
  readonly open: boolean;
  readonly outcome: (typeof outcomeNames)[number];
  /** As in the drawing of the counterexample. */
  readonly part: 'evidence' | 'supporting' | 'blocked';
}

/** In the order of their calls. */
export function callsOf({ operations }: Context, { operations: named, evidence }: ReportFinding) {
  const drawn = evidence.shape === 'counterexample' ? evidence.operations : [];
  const blocked = evidence.shape === 'counterexample' ? evidence.blocked : -1;
  return named
    .map((place): Call => {
      const at = drawn.findIndex(({ operation }) => operation === place);
      const outcome = outcomeNames[operations.outcome[place] as 0 | 1 | 2];
      return {
        operation: place,
        says: drawn[at]?.says ?? says(operations, place),
        client: operations.process[place]!,
        callUs: operations.callUs[place]!,
        endUs: operations.endUs[place]!,
        open: outcome === 'info',
        outcome,
        part:
          at !== -1 && at === blocked
            ? 'blocked'
            : drawn[at]?.supporting === true
              ? 'supporting'
              : 'evidence',
      };
    })
    .toSorted((a, b) => a.callUs - b.callUs);
}
