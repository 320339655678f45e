/** A process that works for this one: it can be lost, and takes nobody with it. */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { getCompileCacheDir } from 'node:module';
import { fileURLToPath } from 'node:url';

export type Stdin = 'inherit' | 'ignore';

export interface Child {
  readonly process: ChildProcess;
  /** The last of what it wrote on stderr: V8's reason when it ends itself. */
  readonly lastWords: () => string;
  readonly lastLine: () => string;
  /** Resolves when nothing of it is left. */
  end(): Promise<void>;
}

/**
 * Forks `NAME.ts` beside the caller, or `NAME.js` where the caller is built.
 *
 * @param beside The caller's `import.meta.url`.
 * @param execArgv Node's own flags: how large its heap may get.
 * @param stdin Whether it has this process's standard input.
 */
export function startChild(
  beside: string,
  name: string,
  execArgv: readonly string[],
  stdin: Stdin = 'ignore',
): Child {
  const ending = beside.endsWith('.ts') ? 'ts' : 'js';
  const child = fork(fileURLToPath(new URL(`./${name}.${ending}`, beside)), {
    execArgv: [...execArgv],
    // What this process has compiled the other need not compile again.
    env: { ...process.env, NODE_COMPILE_CACHE: getCompileCacheDir() },
    serialization: 'advanced',
    stdio: [stdin, 'ignore', 'pipe', 'ipc'],
  });
  let words = '';
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    words = (words + text).slice(-lastWordsMax);
  });
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => resolve()).once('error', () => resolve());
  });
  return {
    process: child,
    lastWords: () => words,
    lastLine: () => words.trim().split('\n').at(-1) ?? '',
    async end() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

const lastWordsMax = 8192;

/** Of `setTimeout`; a longer one would fire at once. */
export const timerMsMax = 2 ** 31 - 1;
