/**
 * Starting a Toxiproxy for a run: a process in a group of its own, its output in a file, ready when it answers.
 *
 * That something answers on the port proves nothing, for it may be another's server, and the real one stays up when its
 * port is taken. So the first request carries a mark that only this process's own log can show.
 * The embedded server ends when its stdin does; the real one cannot notice that its controller is gone, so whoever
 * starts it should see to that: `onSpawn` tells the process group.
 */
import { randomUUID } from 'node:crypto';
import { execa } from 'execa';
import { environmentError } from '../core/errors.ts';
import type { Address } from '../core/seams/system.ts';
import { hostClock, nsPerMs, sleep } from '../core/time.ts';
import { freePort } from './free-port.ts';
import type { ProcessLog } from './process-log.ts';
import { openProcessLog } from './process-log.ts';
import type { ServerProgram } from './server-program.ts';
import { serverProgram } from './server-program.ts';
import { readShown, shownVersion } from './shown.ts';
import { createTransport } from './transport.ts';

export interface ToxiproxyOptions {
  /** `auto`: the real server if it is on PATH, else the embedded one. `embedded`, or the path of a server. */
  readonly choice: string;
  readonly host: string;
  /** 0 takes any that is free. */
  readonly port: number;
  readonly seed: number | string;
  /** Appended to. */
  readonly logFile: string;
  /** Called at once with the process's id, which is its group's as well. */
  readonly onSpawn?: (pid: number) => void;
}

export interface RunningToxiproxy extends AsyncDisposable {
  readonly kind: ServerProgram['kind'];
  readonly address: Address;
  /** Without a slash at its end. */
  readonly apiUrl: string;
  /** What it says itself: `2.12.0`, `git` if it was built by `go install`, `2.12.0+embedded`. */
  readonly version: string;
  readonly pid: number;
  /** Resolves when the process is gone, however that came about. */
  readonly ended: Promise<void>;
}

const portsTried = 10;
const readyMsMax = 15_000;
const answerMsMax = 500;
const endMsMax = 2000;
const pollMs = 10;

/** Starts a server and waits until it answers. A failure, or the signal, leaves nothing running. */
export async function startToxiproxy(
  options: ToxiproxyOptions,
  signal: AbortSignal,
): Promise<RunningToxiproxy> {
  const program = await serverProgram(options.choice);
  const chosen = options.port !== 0;
  for (let tried = 1; ; tried++) {
    signal.throwIfAborted();
    const port = chosen ? options.port : await freePort(options.host);
    const running = await start(program, { ...options, port }, signal);
    if (running !== 'port taken') return running;
    if (chosen || tried === portsTried) {
      throw environmentError(`Toxiproxy's port ${port} on ${options.host} is taken`);
    }
  }
}

async function start(
  program: ServerProgram,
  options: ToxiproxyOptions,
  signal: AbortSignal,
): Promise<RunningToxiproxy | 'port taken'> {
  const { host, port } = options;
  const apiUrl = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  using log = openProcessLog(options.logFile);
  const child = spawn(program, options, log);
  if (child.pid === undefined) throw environmentError(`${program.file} cannot be started`);
  options.onSpawn?.(child.pid);
  const state = { gone: false };
  const ended = child.then(() => void (state.gone = true));
  const end = async (): Promise<void> => {
    child.kill();
    await ended;
  };
  await using starting = new AsyncDisposableStack();
  starting.defer(end);
  const version = await ready({ program, apiUrl, log, hasEnded: () => state.gone }, signal);
  if (version === 'port taken') return version;
  starting.move();
  return {
    kind: program.kind,
    address: { host, port },
    apiUrl,
    version: version.said,
    pid: child.pid,
    ended,
    [Symbol.asyncDispose]: end,
  };
}

/** In a group of its own, so that a Ctrl-C in the terminal is the controller's to act on. */
const spawn = (
  program: ServerProgram,
  { host, port, seed }: ToxiproxyOptions,
  { output }: ProcessLog,
) =>
  execa(program.file, program.arguments(host, port, String(seed)), {
    // The real server logs requests at this level, and without it more than is of use.
    env: { LOG_LEVEL: 'debug' },
    stdin: 'pipe',
    stdout: output,
    stderr: output,
    buffer: false,
    reject: false,
    killDescendants: true,
    forceKillAfterDelay: endMsMax,
  });

interface Starting {
  readonly program: ServerProgram;
  readonly apiUrl: string;
  readonly log: ProcessLog;
  readonly hasEnded: () => boolean;
}

/** Asks until the server's own log shows that it was this server that was asked. */
async function ready(
  { program, apiUrl, log, hasEnded }: Starting,
  signal: AbortSignal,
): Promise<{ readonly said: string } | 'port taken'> {
  using transport = createTransport(answerMsMax);
  const mark = `dsp/${randomUUID()}`;
  const deadline = AbortSignal.timeout(readyMsMax);
  for (;;) {
    signal.throwIfAborted();
    const ended = hasEnded();
    const answer = await versionFrom(apiUrl, mark, transport);
    const written = await log.written();
    if (answer !== undefined && written.includes(mark)) return { said: answer };
    if (/address already in use|is taken/.test(written)) return 'port taken';
    if (ended || written.includes('Server finished with error')) {
      throw environmentError(`${program.file} ended at its start: ${lastLine(written)}`);
    }
    if (deadline.aborted) {
      throw environmentError(`${program.file} was not ready within ${readyMsMax / 1000} s`);
    }
    await sleep(hostClock, pollMs * nsPerMs, signal);
  }
}

/** None if nobody answers, or not as Toxiproxy does. */
async function versionFrom(
  apiUrl: string,
  mark: string,
  transport: ReturnType<typeof createTransport>,
): Promise<string | undefined> {
  try {
    const { body } = await transport.send('GET', `${apiUrl}/version`, {
      headers: { 'User-Agent': mark },
    });
    return readShown(shownVersion, JSON.parse(body), 'GET /version').version;
  } catch {
    return undefined;
  }
}

const lastLine = (text: string): string => text.trimEnd().split('\n').at(-1) ?? '';
