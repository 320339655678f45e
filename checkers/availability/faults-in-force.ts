/**
 * Whether a fault was in force while a client waited for an answer. Only a fault whose start is `ok` is known to have
 * been in force, from there to the beginning of its healing.
 */
import { isNemesis, phaseProcess } from '../../src/core/history/entry.ts';
import type { Entry, ProcessId } from '../../src/core/history/entry.ts';
import type { Operation } from '../../src/core/history/operation.ts';

export interface FaultsInForce {
  /** The families that the run was made with. */
  readonly nemeses: readonly string[];
  /** Starts that a nemesis was asked for. */
  readonly planned: number;
  readonly installed: number;
  /** Of the installed ones, those during which a client's operation was open. */
  readonly met: number;
}

export function faultsInForce(
  entries: readonly Entry[],
  operations: readonly Operation[],
): FaultsInForce {
  const starts = entries.filter(({ process, f }) => isNemesis(process) && f === 'start');
  const spans = spansOf(entries);
  return {
    nemeses: askedFor(entries),
    planned: starts.filter(({ type }) => type === 'invoke').length,
    installed: spans.length,
    met: spans.filter((span) => operations.some((operation) => wasOpenIn(span, operation))).length,
  };
}

/** The mark of the load says it; in the histories of others nobody does. */
function askedFor(entries: readonly Entry[]): readonly string[] {
  const load = entries.find(({ process, f }) => process === phaseProcess && f === 'load');
  const { nemeses } = (load?.value ?? {}) as { readonly nemeses?: unknown };
  return Array.isArray(nemeses) ? nemeses.map(String) : [];
}

/** By entries' indexes. */
interface Span {
  readonly from: number;
  readonly to: number;
}

const wasOpenIn = ({ from, to }: Span, { invokeIndex, completeIndex }: Operation): boolean =>
  invokeIndex < to && (completeIndex ?? Number.POSITIVE_INFINITY) > from;

function spansOf(entries: readonly Entry[]): Span[] {
  const spans: Span[] = [];
  const open = new Map<ProcessId, number>();
  const close = (process: ProcessId, to: number) => {
    const from = open.get(process);
    if (from !== undefined) spans.push({ from, to });
    open.delete(process);
  };
  for (const { index, process, type, f } of entries) {
    if (isNemesis(process)) {
      if (f === 'stop' && type === 'invoke') close(process, index);
      if (f === 'start' && type === 'ok' && !open.has(process)) open.set(process, index);
    } else if (process === phaseProcess && f === 'heal') {
      for (const family of open.keys()) close(family, index);
    }
  }
  for (const family of open.keys()) close(family, Number.POSITIVE_INFINITY);
  return spans;
}
