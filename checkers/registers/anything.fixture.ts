/**
 * Registers that answer anything, for tests against definitions: what clients may record of a system that is wrong in every
 * way, with operations that failed, that nobody knows of, and that are open at the end; and what may have happened then.
 */
import type { Entry, History } from '../../src/core/history/entry.ts';
import type { Operation } from '../../src/core/history/operation.ts';
import { historyOf, operationsOf } from '../linearizability/histories.fixture.ts';

/** An operation of one process that succeeded, as sentences: its value is written and answered. */
export const did = (process: number, f: string, value: string): string[] => [
  `${process} invoke ${f} ${f.endsWith('read') ? 'null' : value}`,
  `${process} ok ${f} ${value}`,
];

export interface AnythingOptions {
  readonly keys: readonly string[];
  /** Of how many writes one repeats a value; never, without it. */
  readonly repeatEvery?: number;
}

/**
 * Three clients that go on whatever becomes of their operations. Reads and compare-and-sets see any value that somebody
 * tried to write before; each operation takes three numbers of the tape.
 */
export function anything(tape: readonly number[], options: AnythingOptions): History {
  const { keys, repeatEvery } = options;
  const entries: Entry[] = [];
  const tried = new Map(keys.map((key): [string, (number | null)[]] => [key, [null]]));
  const open = new Set<number>();
  for (let at = 0; at + 2 < tape.length; at += 3) {
    const [who, what, how] = [tape[at]!, tape[at + 1]!, tape[at + 2]!];
    const process = who % 3;
    if (open.has(process)) continue;
    const key = keys[(who >> 4) % keys.length]!;
    const values = tried.get(key)!;
    const f = functions[what % functions.length]!;
    const seen = values[(what >> 4) % values.length]!;
    const repeats = repeatEvery !== undefined && (what >> 8) % repeatEvery === 0;
    const fresh = repeats ? 1 : at + 1;
    const asked = f === 'read' ? null : f === 'write' ? fresh : [seen, fresh];
    if (f !== 'read') values.push(fresh);
    const named = { process, f, key };
    const record = (type: Entry['type'], value: unknown) =>
      entries.push({ ...named, type, value, index: entries.length, timeNs: 0 });
    record('invoke', asked);
    const type = ends[how % ends.length];
    if (type === undefined) open.add(process);
    else record(type, type === 'ok' && f === 'read' ? seen : asked);
  }
  return historyOf(entries);
}

const functions = ['read', 'read', 'read', 'write', 'write', 'cas'] as const;
const ends = [...Array<'ok'>(11).fill('ok'), 'info', 'info', 'fail', undefined] as const;

/** An operation of which it is supposed that it happened. */
export interface Happened {
  readonly operation: Operation;
  readonly key: unknown;
  /** What it saw, of a read or a compare-and-set. */
  readonly observed?: unknown;
  readonly written?: unknown;
  /** Those of its process that had been answered before it was invoked. */
  readonly after: readonly Happened[];
}

/**
 * Every choice of what happened: all that was acknowledged, and any of what nobody knows, as long as nothing was seen that
 * nobody had begun to write.
 */
export const worldsOf = (history: History): Happened[][] =>
  choicesOf(history).filter((world) => world.every((each) => wasBegun(each, world)));

const wasBegun = ({ operation, key, observed }: Happened, world: readonly Happened[]): boolean =>
  observed === undefined ||
  observed === null ||
  operation.outcome === 'info' ||
  world.some(
    (each) =>
      each.key === key &&
      each.written === observed &&
      each.operation.invokeIndex < operation.completeIndex!,
  );

function choicesOf(history: History): Happened[][] {
  const operations = operationsOf(history).filter(({ outcome }) => outcome !== 'fail');
  const unknown = operations.filter(({ f, outcome }) => outcome === 'info' && f !== 'read');
  return Array.from({ length: 2 ** unknown.length }, (_, choice) => {
    const happened: Happened[] = [];
    for (const operation of operations) {
      const isChosen = (choice >> unknown.indexOf(operation)) % 2 === 1;
      if (operation.outcome === 'info' && !isChosen) continue;
      const after = happened.filter(
        (each) => each.operation.process === operation.process && each.operation.outcome === 'ok',
      );
      happened.push({ operation, key: operation.key, after, ...effectOf(operation) });
    }
    return happened;
  });
}

function effectOf({ f, input, output }: Operation): Pick<Happened, 'observed' | 'written'> {
  if (f === 'read') return { observed: output };
  if (f === 'write') return { written: input };
  const [observed, written] = input as [unknown, unknown];
  return { observed, written };
}

/** All orders. */
export const permutations = <T>(items: readonly T[]): T[][] =>
  items.length === 0
    ? [[]]
    : items.flatMap((item, i) =>
        permutations(items.toSpliced(i, 1)).map((rest) => [item].concat(rest)),
      );
