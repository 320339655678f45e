/** What the interpreter's tests run against: clients in memory that do as they are told, and a clock that waits for nobody. */
import type { Entry } from '../../core/history/entry.ts';
import { fail, info } from '../../core/seams/client.ts';
import type { Client, Completion } from '../../core/seams/client.ts';
import type { OperationSpec } from '../../core/seams/generator.ts';
import type { Clock } from '../../core/time.ts';
import { nsPerMs, sleep } from '../../core/time.ts';
import { openInterpreter } from '../interpreter.ts';
import type { InterpreterOptions } from '../interpreter.ts';
import { VirtualClock } from './virtual-clock.fixture.ts';

/** Means that an operation definitely did not happen. */
export class Refused extends Error {}

export interface Call {
  readonly operation: OperationSpec;
  readonly signal: AbortSignal;
  /** How many calls came before it. */
  readonly n: number;
  /** Who opened the client. */
  readonly process: number;
}

export interface OpenedClient {
  readonly process: number;
  readonly thread: number;
  readonly calls: OperationSpec[];
  closed: boolean;
}

export interface WorldOptions extends Partial<InterpreterOptions> {
  /** How clients answer. */
  readonly answer: (call: Call) => Promise<Completion>;
  readonly isOpen?: () => boolean;
}

export type World = ReturnType<typeof world>;

/** One client thread, no nemesis and a second's timeout if not said otherwise. */
export function world(options: WorldOptions) {
  const clock = new VirtualClock();
  const entries: Entry[] = [];
  const clients: OpenedClient[] = [];
  let calls = 0;
  const open = (process: number, thread: number): Client => {
    const opened: OpenedClient = { process, thread, calls: [], closed: false };
    clients.push(opened);
    return {
      invoke(operation, signal) {
        if (opened.closed) throw new Error('invoked after it was closed');
        opened.calls.push(operation);
        return options.answer({ operation, signal, n: calls++, process });
      },
      ...(options.isOpen === undefined ? {} : { isOpen: options.isOpen }),
      close() {
        opened.closed = true;
        return Promise.resolve();
      },
    };
  };
  const interpreter = openInterpreter({
    clientThreads: 1,
    nemeses: [],
    clock,
    originNs: 0,
    operationTimeoutMs: 1_000,
    openClient: (process, thread) => Promise.resolve(open(process, thread)),
    applyNemesis: () => Promise.reject(new Error('no nemesis')),
    classify: (thrown) => (thrown instanceof Refused ? fail('refused') : info('lost')),
    record: (entry) => entries.push(entry),
    ...options,
  });
  return { clock, entries, clients, interpreter, open };
}

/** Answers after so long. */
export async function afterMs(
  clock: Clock,
  ms: number,
  completion: Completion,
): Promise<Completion> {
  await sleep(clock, ms * nsPerMs);
  return completion;
}

/** Never answers. */
export const never = (): Promise<never> => new Promise(() => {});

/** `0 invoke write 7`, with the error in the value's place where there is one: what tests compare. */
export const lines = (entries: readonly Entry[]): string[] =>
  entries.map(({ process, type, f, value, error }) =>
    [process, type, f, error ?? JSON.stringify(value) ?? ''].join(' ').trimEnd(),
  );

/** Milliseconds of the entries of a type. */
export const timesMs = (entries: readonly Entry[], type: Entry['type']): number[] =>
  entries.filter((entry) => entry.type === type).map((entry) => entry.timeNs / nsPerMs);
