/**
 * Porcupine itself, where Go is present: built from its released module, fed with histories, asked for verdicts and times.
 *
 * It is given the model that our registers and key-value stores have, in Porcupine's own terms: an operation that nobody
 * saw end returns after everything else, and may then have done anything that it could.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { messageOf } from '../src/core/errors.ts';
import type { History } from '../src/core/history/entry.ts';
import { pair } from '../src/core/history/operation.ts';
import type { Operation } from '../src/core/history/operation.ts';

export interface Porcupine extends AsyncDisposable {
  /**
   * Its path; given that of a key-value log, it judges that, and prints the verdict and the most memory it had; given a
   * folder of Jepsen's logs of a register, how many of them are violations.
   */
  readonly program: string;
  /** Where its released module lies, with its tests and their data. */
  readonly moduleFolder: string;
  judge(questions: readonly Question[]): Promise<readonly PorcupineAnswer[]>;
}

export interface Question {
  readonly initial: string;
  /** All keys of a store are one object, whose state is all of them. */
  readonly whole: boolean;
  /** The best of so many times. */
  readonly repeat: number;
  readonly timeoutSeconds: number;
  readonly operations: readonly PorcupineOperation[];
}

export interface PorcupineAnswer {
  readonly verdict: 'Ok' | 'Illegal' | 'Unknown';
  readonly checkMs: number;
}

interface PorcupineOperation {
  readonly f: 'read' | 'write' | 'append' | 'cas' | 'not';
  readonly key: string;
  readonly a: string;
  readonly b: string;
  readonly unknown: boolean;
  readonly call: number;
  readonly return: number;
}

/** Why it cannot be had. */
interface Missing {
  readonly missing: string;
}

/** Whether it could be. */
export const hasIt = (rival: Porcupine | Missing): rival is Porcupine => !('missing' in rival);

/** Builds it, or says why it cannot be had here. */
export async function openPorcupine(): Promise<Porcupine | Missing> {
  const folder = await mkdtemp(join(tmpdir(), 'dsp-porcupine-'));
  const program = join(folder, 'porcupine');
  const cwd = fileURLToPath(new URL('porcupine', import.meta.url));
  const discard = () => rm(folder, { recursive: true, force: true });
  let moduleFolder: string;
  try {
    await execa('go', ['build', '-o', program, '.'], { cwd, timeout: 300_000 });
    const listed = await execa('go', ['list', '-m', '-f', '{{.Dir}}', moduleName], { cwd });
    moduleFolder = listed.stdout;
  } catch (thrown) {
    await discard();
    return { missing: `Porcupine cannot be built with Go here: ${firstLine(messageOf(thrown))}` };
  }
  return {
    program,
    moduleFolder,
    async judge(questions) {
      const input = questions.map((question) => JSON.stringify(question)).join('\n');
      const { stdout } = await execa(program, { input, maxBuffer: 2 ** 28 });
      return stdout.split('\n').map((line) => JSON.parse(line) as PorcupineAnswer);
    },
    [Symbol.asyncDispose]: discard,
  };
}

const moduleName = 'github.com/anishathalye/porcupine';

const firstLine = (text: string): string => text.split('\n')[0]!;

/** A history as Porcupine is asked about it; `failedIsEvidence` as for our checker. */
export function questionOf(
  history: History,
  model: 'register' | 'kv',
  failedIsEvidence: boolean,
): Question {
  const { operations } = pair(history.entries);
  const end = history.entries.length;
  return {
    initial: text(model === 'kv' ? '' : null, model),
    whole: false,
    repeat: 1,
    timeoutSeconds: 0,
    operations: operations.flatMap((operation) => {
      const asked = toPorcupine(operation, model, failedIsEvidence, end);
      return asked === undefined ? [] : [asked];
    }),
  };
}

function toPorcupine(
  operation: Operation,
  model: 'register' | 'kv',
  failedIsEvidence: boolean,
  end: number,
): PorcupineOperation | undefined {
  const { f, input, output, outcome, key, invokeIndex, completeIndex, error } = operation;
  const isCas = f === 'cas' || f === 'compare-and-set';
  if (outcome === 'fail' && !(failedIsEvidence && isCas && error === undefined)) return undefined;
  const unknown = outcome === 'info';
  const rest = {
    key: JSON.stringify(key ?? null),
    unknown,
    call: invokeIndex,
    return: unknown ? end : completeIndex!,
  };
  const [from, to] = isCas ? (input as [unknown, unknown]) : [input, null];
  const pair = { a: text(from, model), b: text(to, model) };
  if (isCas) return { f: outcome === 'fail' ? 'not' : 'cas', ...pair, ...rest };
  if (f === 'read' || f === 'get') return { f: 'read', a: text(output, model), b: '', ...rest };
  if (f === 'append') return { f: 'append', ...pair, ...rest };
  return { f: 'write', ...pair, ...rest };
}

/** In a key-value store texts are themselves, for append joins them, and what is absent is empty. */
function text(value: unknown, model: 'register' | 'kv'): string {
  if (model === 'kv' && typeof value === 'string') return value;
  return model === 'kv' && (value ?? null) === null ? '' : JSON.stringify(value ?? null);
}
