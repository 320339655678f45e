/** The thread of one nemesis family: applies its operations, and says what became of them in the history's words. */
import { messageOf } from '../../core/errors.ts';
import type { OperationSpec } from '../../core/seams/generator.ts';
import type { FaultReport } from '../../core/seams/nemesis.ts';
import type { Abandonment, Outcome, Performer } from './performer.ts';
import type { ProcessId } from '../../core/history/entry.ts';

/** Applies an operation of a nemesis to the cluster. */
export type ApplyNemesis = (
  family: string,
  operation: OperationSpec,
  signal: AbortSignal,
) => Promise<FaultReport>;

export class NemesisThread implements Performer {
  readonly timeoutNs: number;
  readonly node = undefined;
  readonly #family: string;
  readonly #apply: ApplyNemesis;

  constructor(family: string, timeoutNs: number, apply: ApplyNemesis) {
    this.#family = family;
    this.timeoutNs = timeoutNs;
    this.#apply = apply;
  }

  async perform(operation: OperationSpec, _: ProcessId, signal: AbortSignal): Promise<Outcome> {
    try {
      return outcomeOf(operation, await this.#apply(this.#family, operation, signal));
    } catch (thrown) {
      // It may have done a part of it before.
      return { type: 'info', value: operation.value, error: messageOf(thrown), node: undefined };
    }
  }

  abandon({ value }: OperationSpec, why: Abandonment): Outcome {
    return { type: 'info', value, error: why, node: undefined };
  }

  ended(): number {
    return 0;
  }

  async close(): Promise<void> {}
}

/** Installed is `ok`, skipped is `fail`, indeterminate is `info`; the evidence joins what was asked. */
function outcomeOf({ value }: OperationSpec, { outcome, evidence }: FaultReport): Outcome {
  const reported = withEvidence(value, evidence);
  switch (outcome) {
    case 'installed':
      return { type: 'ok', value: reported, error: undefined, node: undefined };
    case 'skipped':
      return { type: 'fail', value: reported, error: 'skipped', node: undefined };
    case 'indeterminate':
      return { type: 'info', value: reported, error: 'indeterminate', node: undefined };
  }
}

/** `{ shape: 'halves', evidence: … }`; a value that is no object stands beside its evidence as `value`. */
function withEvidence(value: unknown, evidence: unknown): unknown {
  if (value === null || value === undefined) return { evidence };
  if (typeof value !== 'object' || Array.isArray(value)) return { value, evidence };
  return { ...value, evidence };
}
