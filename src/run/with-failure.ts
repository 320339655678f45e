/** What failed of the harness or the environment, said beside what there was to judge: a safety violation is hidden by nothing. */
import { DspError, messageOf } from '../core/errors.ts';
import type { RunVerdict } from './verdict-from.ts';

/** The verdict is `error`, unless what had been recorded by then violates safety. */
export function withFailure<Judged extends RunVerdict>(judged: Judged, failure: unknown): Judged {
  const error = messageOf(failure);
  const errorCode =
    failure instanceof DspError && failure.code === 'environment' ? 'environment' : 'harness';
  const hint =
    failure instanceof DspError && failure.hint !== undefined ? { errorHint: failure.hint } : {};
  const said = { error, errorCode, ...hint } as const;
  if (judged.verdict === 'invalid' && judged.kind === 'safety') return { ...judged, ...said };
  const { kind: _, reason: __, ...rest } = judged;
  return { ...rest, ...said, verdict: 'error', summary: error } as Judged;
}
