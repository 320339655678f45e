/**
 * Correct histories for property tests: clients of one object that takes each operation at one moment between its call and
 * its return, in an interleaving that a tape of numbers decides, with crashes and lost answers.
 */
import fc from 'fast-check';
import type { Entry, History, Key } from '../../src/core/history/entry.ts';
import type { CheckResult } from '../../src/core/verdict.ts';
import { defaultBudget } from '../../src/core/seams/checker.ts';
import { traceOf } from '../../src/core/trace.ts';
import { describeVerdict } from '../../src/core/verdict.ts';
import { historyFrom, historyOf } from '../linearizability/histories.fixture.ts';
import { makeChecker } from '../registry.ts';

export type Draw = (below: number) => number;

export interface Asked {
  readonly f: string;
  readonly key?: Key;
  readonly value: unknown;
}

export interface Answered {
  readonly type: 'ok' | 'fail';
  readonly value: unknown;
}

/** An object as it should be. `draw` makes the n-th operation; `happen` changes the object and answers. */
export interface Reference {
  draw(draw: Draw, n: number): Asked;
  happen(asked: Asked): Answered;
}

export const tapes = fc.array(fc.nat({ max: 2 ** 20 }), { minLength: 20, maxLength: 160 });

export interface ReferenceOptions {
  readonly threads: number;
  /** Asked by a client of its own when all others are done. */
  readonly last?: readonly Asked[];
}

/** What clients of the object would record. */
export function historyOfReference(
  reference: Reference,
  tape: readonly number[],
  { threads, last = [] }: ReferenceOptions,
): History {
  const entries: Entry[] = [];
  const record = (process: number, type: Entry['type'], { f, key }: Asked, value: unknown) =>
    entries.push({
      index: entries.length,
      timeNs: entries.length * 1e6,
      process,
      type,
      f,
      ...(key === undefined ? {} : { key }),
      value,
    });
  const open = new Map<number, { asked: Asked; answer?: Answered }>();
  const processes = Array.from({ length: threads }, (_, thread) => thread);
  let at = 0;
  let n = 0;
  const draw: Draw = (below) => (tape[at++] ?? 0) % below;
  const late: Asked[] = [];
  while (at < tape.length) {
    if (late.length > 0 && draw(4) === 0) reference.happen(late.shift()!);
    const thread = draw(threads);
    const process = processes[thread]!;
    const operation = open.get(thread);
    if (operation === undefined) {
      const asked = reference.draw(draw, n++);
      open.set(thread, { asked });
      record(process, 'invoke', asked, asked.value);
      continue;
    }
    const fate = draw(10);
    if (fate < 8 && operation.answer === undefined) {
      operation.answer = reference.happen(operation.asked);
      if (fate < 4) continue;
    }
    open.delete(thread);
    const { asked, answer } = operation;
    if (fate === 9 || (answer === undefined && fate < 8)) {
      record(process, 'info', asked, asked.value);
      // Nobody knows: it may take effect long after its client has gone.
      if (answer === undefined && draw(2) === 0) late.push(asked);
      processes[thread] = process + threads;
    } else record(process, answer?.type ?? 'fail', asked, answer?.value ?? asked.value);
  }
  for (const asked of last) {
    record(10_000, 'invoke', asked, asked.value);
    const { type, value } = reference.happen(asked);
    record(10_000, type, asked, value);
  }
  return historyOf(entries);
}

/** What the registry's checker says of a history, or of one written as sentences. */
export async function judged(
  checker: string,
  history: History | readonly string[],
  options: Readonly<Record<string, unknown>> = {},
): Promise<CheckResult> {
  const input = {
    history: isSentences(history) ? historyFrom(history) : history,
    trace: traceOf([]),
    nodes: [],
  };
  return await makeChecker({ checker, options }).check(input, defaultBudget);
}

const isSentences = (history: History | readonly string[]): history is readonly string[] =>
  Array.isArray(history);

/** The same, as `invalid (safety): lost-element, stale-read`. */
export async function verdictOf(
  checker: string,
  history: History | readonly string[],
  options: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const { verdict, findings } = await judged(checker, history, options);
  const types = [...new Set(findings.map(({ type }) => type))];
  return [describeVerdict(verdict), ...types].join(': ');
}
