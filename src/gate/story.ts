/** A small run told line by line: who did what when, and what became of it. For people, who follow no more than some dozens. */
import { isClient, isNemesis, phaseProcess } from '../core/history/entry.ts';
import type { Entry } from '../core/history/entry.ts';
import { pair, type Operation } from '../core/history/operation.ts';
import { nsPerMs, nsPerSecond } from '../core/time.ts';
import { visibleLine } from '../core/visible-text.ts';

/** So many operations of a phase are told. */
const toldMax = 40;

/** Everything from the load on, by the time of its beginning. */
export function storyOf(entries: readonly Entry[]): string[] {
  const load = entries.find(isMarkOf('load'));
  if (load === undefined) return [];
  const marks = entries.filter(
    (entry) => entry.process === phaseProcess && entry.index >= load.index,
  );
  const acts = ({ process }: Entry): boolean => isClient(process) || isNemesis(process);
  const { operations } = pair(entries, acts);
  const phases = marks.map((mark, at) => {
    const endIndex = marks[at + 1]?.index ?? entries.length;
    const within = operations.filter(
      ({ invokeIndex }) => invokeIndex > mark.index && invokeIndex < endIndex,
    );
    return { mark, rows: within.map((operation) => rowOf(operation, entries, load.timeNs)) };
  });
  const all = phases.flatMap(({ rows }) => rows);
  const widths = [0, 1, 2].map((column) => Math.max(...all.map((row) => row[column]!.length)));
  return phases.flatMap(({ mark, rows }) => {
    const title = `${secondsOf(mark.timeNs - load.timeNs)}  ${saysOf(mark)}`;
    const lines = rows.slice(0, toldMax).map((row) => inColumns(row, widths));
    const more = rows.length > toldMax ? [`           … and ${rows.length - toldMax} more`] : [];
    return (mark === load ? [] : [title]).concat(lines, more);
  });
}

const isMarkOf =
  (phase: string) =>
  ({ process, f }: Entry): boolean =>
    process === phaseProcess && f === phase;

/** A phase by its name, and what else is marked with what is known of it. */
const saysOf = ({ f, value }: Entry): string =>
  visibleLine(f === 'node-exited' ? `${f} ${wordsIn(value).join(' ')}` : `· ${f}`);

const secondsOf = (timeNs: number): string => `${(timeNs / nsPerSecond).toFixed(3).padStart(7)} s`;

const inColumns = (row: Row, widths: readonly number[]): string =>
  visibleLine(row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')).trimEnd();

type Row = readonly [time: string, who: string, what: string, became: string];

function rowOf(operation: Operation, entries: readonly Entry[], beganNs: number): Row {
  const { callNs, process } = operation;
  const time = secondsOf(callNs - beganNs);
  const answer =
    operation.completeIndex === undefined ? undefined : entries[operation.completeIndex];
  if (isNemesis(process))
    return [
      time,
      process.slice('nemesis:'.length),
      faultOf(operation),
      provedOf(operation, answer),
    ];
  const node = answer?.node ?? entries[operation.invokeIndex]?.node;
  const who = `client ${process}${node === undefined ? '' : ` at ${node}`}`;
  return [time, who, askedOf(operation), becameOf(operation, answer)];
}

/** `write 22: 53` */
function askedOf({ f, key, input }: Operation): string {
  const what = key === undefined ? f : `${f} ${key}`;
  return input === null || input === undefined ? what : `${what}: ${JSON.stringify(input)}`;
}

function becameOf({ outcome, input, callNs }: Operation, answer: Entry | undefined): string {
  if (answer === undefined) return 'was never answered';
  const after = `after ${Math.round(((answer.timeNs - callNs) / nsPerMs) * 10) / 10} ms`;
  if (outcome !== 'ok')
    return `${outcome === 'fail' ? 'failed' : 'unknown'} (${answer.error ?? '?'}) ${after}`;
  const told = JSON.stringify(answer.value);
  return told === JSON.stringify(input) && input !== null ? `ok ${after}` : `ok: ${told} ${after}`;
}

/** `start leader-alone blackhole n1 n2 n3`: what stands in the value is names mostly, and speaks for itself. */
const faultOf = ({ f, input }: Operation): string => [f, ...wordsIn(input)].join(' ');

function wordsIn(value: unknown): string[] {
  if (value === null || value === undefined) return [];
  if (typeof value === 'object') return Object.values(value).flatMap(wordsIn);
  return [typeof value === 'string' ? value : JSON.stringify(value)];
}

const linksMax = 6;

/** Whom it met is found out when it is applied. */
function provedOf({ outcome }: Operation, answer: Entry | undefined): string {
  const words = { ok: 'installed', fail: 'skipped', info: 'indeterminate' } as const;
  const { leader, cut } = (answer?.value as { evidence?: Evidence } | null)?.evidence ?? {};
  return [
    words[outcome],
    ...(typeof leader === 'string' ? [`leader ${leader}`] : []),
    ...(Array.isArray(cut)
      ? [`cut ${cut.length > linksMax ? `${cut.length} links` : cut.join(' ')}`]
      : []),
  ].join(', ');
}

interface Evidence {
  readonly leader?: unknown;
  readonly cut?: unknown;
}
