/** What a node says when it ends because of something that was thrown, and the exit status that goes with it. */
import { DspError, exitStatus, messageOf } from '../../src/core/errors.ts';

/** One sentence for what the node was told wrongly, all that is known for a defect. */
export function lastWords(thrown: unknown): string {
  if (thrown instanceof DspError)
    return thrown.hint === undefined ? thrown.message : `${thrown.message} (${thrown.hint})`;
  return thrown instanceof Error ? (thrown.stack ?? thrown.message) : messageOf(thrown);
}

/** A defect's, unless the error says another. */
export const lastStatus = (thrown: unknown): number =>
  thrown instanceof DspError ? thrown.exitStatus : exitStatus.harness;
