/** Histories for property tests: from a tape of numbers that fast-check draws and shrinks, and all small ones. */
import fc from 'fast-check';
import type { Entry, History } from '../../src/core/history/entry.ts';
import { pair } from '../../src/core/history/operation.ts';
import type { Operation } from '../../src/core/history/operation.ts';
import { objects } from './objects.fixture.ts';
import type { Answer, Asked, Family } from './objects.fixture.ts';

export interface TapeOptions {
  readonly operationsMax: number;
  readonly processes: number;
  /** Of how many answers one is wrong; 0 for none. */
  readonly lieEvery: number;
  readonly values: number;
  /** Every write is of another value. */
  readonly unique?: boolean;
}

/** Mostly right, often wrong in one answer, with unknown and failed operations of every kind. */
export const tapes = (length: number) =>
  fc.array(fc.nat({ max: 2 ** 20 }), { minLength: length / 2, maxLength: length, size: 'max' });

export function historyFromTape(
  family: Family,
  tape: readonly number[],
  options: TapeOptions,
): History {
  const entries: Entry[] = [];
  const record = (entry: Omit<Entry, 'index' | 'timeNs'>) =>
    entries.push({ ...entry, index: entries.length, timeNs: entries.length });
  let at = 0;
  const draw = (below: number): number => (tape[at++] ?? 0) % below;
  const pending = new Map<number, Asked & { answer?: Answer }>();
  const names = Array.from({ length: options.processes }, (_, process) => process);
  const object = objects[family];
  let state: unknown = object.initial;
  let invoked = 0;
  while (at < tape.length) {
    const thread = draw(options.processes);
    const process = names[thread]!;
    const open = pending.get(process);
    if (open === undefined) {
      if (invoked++ >= options.operationsMax) continue;
      const drawn = object.draw(draw, options.values);
      const isUnique = options.unique === true && drawn.f === 'write';
      const asked = isUnique ? { ...drawn, value: firstUnique + invoked } : drawn;
      pending.set(process, asked);
      record({ process, type: 'invoke', ...asked });
      continue;
    }
    const fate = draw(8);
    if (open.answer === undefined && fate < 6) {
      [open.answer, state] = object.happen(open, state);
      if (fate < 3) continue;
    }
    const lies = options.lieEvery > 0 && draw(options.lieEvery) === 0;
    const { f, value } = open;
    const answer = open.answer ?? { type: fate === 6 ? 'fail' : 'info', value };
    const said = fate === 7 ? { type: 'info' as const, value } : answer;
    const lie = lies && said.type !== 'info' ? object.lie(open, draw, options.values) : undefined;
    if (lie !== undefined)
      record({
        process,
        f,
        type: 'ok',
        value: options.unique === true ? firstUnique + draw(invoked) : lie,
      });
    else if (said.type === 'fail' && open.answer === undefined && isCompareAndSet(f))
      record({ process, f, type: 'fail', value, error: 'not-connected' });
    else record({ process, f, ...said });
    pending.delete(process);
    if (said.type === 'info') names[thread] = process + options.processes;
  }
  return historyOf(entries);
}

const firstUnique = 100;

const isRead = (f: string) => f === 'read' || f === 'get';
const isCompareAndSet = (f: string) => f === 'compare-and-set';

export const historyOf = (entries: readonly Entry[]): History => ({
  header: { format: 'dsp-history', version: 1, originNs: 0, startedAt: '' },
  entries,
  torn: false,
});

/** One history of many objects: the entries in turns, each on processes and with the key of its own. */
export function sideBySide(histories: readonly History[]): History {
  const entries: Entry[] = [];
  const longest = Math.max(...histories.map((each) => each.entries.length));
  for (let at = 0; at < longest; at++)
    for (const [key, history] of histories.entries()) {
      const entry = history.entries[at];
      if (entry === undefined) continue;
      const process = (entry.process as number) * histories.length + key;
      entries.push({ ...entry, index: entries.length, timeNs: entries.length, process, key });
    }
  return historyOf(entries);
}

/** One operation of a small history. */
export interface Kind {
  readonly f: string;
  readonly value: unknown;
  readonly type: 'ok' | 'fail' | 'info';
}

/** Every history of `count` operations of the given kinds, each on a process of its own, in every interleaving. */
export function* allHistories(kinds: readonly Kind[], count: number): Generator<History> {
  for (const shape of interleavings(count))
    for (const chosen of tuples(kinds, count)) yield historyOf(entriesOf(shape, chosen));
}

/** Orders of calls and returns; operations are numbered by their calls, `~n` is the return of n. */
function interleavings(count: number): number[][] {
  const extend = (
    order: readonly number[],
    called: number,
    open: readonly number[],
  ): number[][] => {
    if (called === count && open.length === 0) return [[...order]];
    const returns = open.flatMap((number) =>
      extend(
        [...order, ~number],
        called,
        open.filter((other) => other !== number),
      ),
    );
    return called < count
      ? [...extend([...order, called], called + 1, [...open, called]), ...returns]
      : returns;
  };
  return extend([], 0, []);
}

function* tuples(kinds: readonly Kind[], count: number): Generator<readonly Kind[]> {
  if (count === 0) yield [];
  else for (const rest of tuples(kinds, count - 1)) for (const kind of kinds) yield [...rest, kind];
}

function entriesOf(shape: readonly number[], chosen: readonly Kind[]): Entry[] {
  return shape.map((event, index) => {
    const process = event < 0 ? ~event : event;
    const { f, value, type } = chosen[process]!;
    const asked = isRead(f) ? null : value;
    return event < 0
      ? { index, timeNs: index, process, type, f, value }
      : { index, timeNs: index, process, type: 'invoke', f, value: asked };
  });
}

export const operationsOf = (history: History): readonly Operation[] =>
  pair(history.entries).operations;

/** A history written as sentences: `0 invoke write 1`; the value is JSON, and `key:f` stands for an f of that key. */
export function historyFrom(lines: readonly string[]): History {
  return historyOf(
    lines.map((line, index) => {
      const [process, type, named, ...rest] = line.split(' ');
      const [key, f] = named!.includes(':') ? named!.split(':') : [undefined, named];
      const value: unknown = rest.length === 0 ? null : JSON.parse(rest.join(' '));
      const entry = { index, timeNs: index * 1000, process: Number(process), f: f!, value };
      return {
        ...entry,
        type: type as Entry['type'],
        ...(key === undefined ? {} : { key }),
      };
    }),
  );
}
