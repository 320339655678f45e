/**
 * Liveness after healing, from the marks of the phases: in `recover` each client thread tries until its first `ok`, and
 * all of them must have had one when `final-reads` begins.
 *
 * A run that was interrupted or torn has no `final-reads`, and then nothing is said about recovery.
 */
import { isClient, phaseProcess } from '../../src/core/history/entry.ts';
import type { Entry } from '../../src/core/history/entry.ts';
import type { Finding } from '../../src/core/verdict.ts';

export type Recovery =
  | { readonly kind: 'not-judged'; readonly summary: string }
  | { readonly kind: 'recovered'; readonly summary: string }
  | { readonly kind: 'not-recovered'; readonly finding: Finding };

export function recoveryOf(entries: readonly Entry[]): Recovery {
  const begin = entries.find(isPhase('recover'));
  const end = entries.find(isPhase('final-reads'));
  if (begin === undefined || end === undefined || end.index < begin.index)
    return { kind: 'not-judged', summary: 'recovery after healing was not reached' };
  const tried = entries
    .slice(begin.index + 1, end.index)
    .filter(({ process }) => isClient(process));
  const ok = new Set(tried.filter(({ type }) => type === 'ok').map(({ process }) => process));
  const threads = wholeNumber(end, 'threads') ?? wholeNumber(begin, 'threads') ?? ok.size;
  const recovered = wholeNumber(end, 'recoveredThreads') ?? ok.size;
  const boundSeconds = numberIn(begin, 'boundSeconds');
  const within = boundSeconds === undefined ? '' : ` within ${boundSeconds} s`;
  if (recovered >= threads)
    return {
      kind: 'recovered',
      summary: `all ${threads} clients worked again${within} after healing`,
    };
  return { kind: 'not-recovered', finding: notRecovered({ threads, recovered, within, tried }) };
}

interface Shortfall {
  readonly threads: number;
  readonly recovered: number;
  readonly within: string;
  readonly tried: readonly Entry[];
}

function notRecovered({ threads, recovered, within, tried }: Shortfall): Finding {
  const threadOf = (entry: Entry) => Number(entry.process) % threads;
  const ok = new Set(tried.filter(({ type }) => type === 'ok').map(threadOf));
  const lastTries = new Map(
    tried.filter((entry) => !ok.has(threadOf(entry))).map((entry) => [threadOf(entry), entry]),
  );
  const errors: Record<string, number> = {};
  for (const { type, error } of tried)
    if (type === 'fail' || type === 'info')
      errors[error ?? type] = (errors[error ?? type] ?? 0) + 1;
  const missing = threads - recovered;
  return {
    type: 'not-recovered',
    kind: 'liveness',
    summary: `${missing} of ${threads} clients had no ok operation${within} after healing`,
    entries: Array.from(lastTries.values(), ({ index }) => index).slice(0, entriesMax),
    details: { threads, recoveredThreads: recovered, errors },
  };
}

const entriesMax = 50;

const isPhase =
  (name: string) =>
  ({ process, f }: Entry): boolean =>
    process === phaseProcess && f === name;

const numberIn = ({ value }: Entry, field: string): number | undefined => {
  const found = (value as Record<string, unknown> | null | undefined)?.[field];
  return typeof found === 'number' && Number.isFinite(found) ? found : undefined;
};

const wholeNumber = (entry: Entry, field: string): number | undefined => {
  const found = numberIn(entry, field);
  return found !== undefined && Number.isInteger(found) && found >= 0 ? found : undefined;
};
