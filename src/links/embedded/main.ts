/**
 * The embedded Toxiproxy as a process of its own: `main.ts --host 127.0.0.1 --port 8474 --seed 1`.
 *
 * Runs until SIGINT or SIGTERM, and with --exit-with-stdin until stdin ends: then whoever started it is gone. Logs to
 * stdout, one JSON object a line; what it cannot do it says in one sentence on stderr.
 */
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { DspError, exitStatus, messageOf, usageError } from '../../core/errors.ts';
import { logTo } from './log.ts';
import type { EmbeddedOptions } from './serve.ts';
import { serveEmbedded } from './serve.ts';

interface Arguments extends EmbeddedOptions {
  readonly exitWithStdin: boolean;
}

/** Serves until it is told to end; the status to exit with. */
async function main(): Promise<number> {
  try {
    const options = readArguments(process.argv.slice(2));
    const end = endOf(options);
    await using _server = await serveEmbedded({ ...options, log: logTo(process.stdout) });
    await end;
    return exitStatus.valid;
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n`);
    return error instanceof DspError ? error.exitStatus : exitStatus.harness;
  }
}

/** Resolves when a signal comes, or stdin ends. */
async function endOf({ exitWithStdin }: Arguments): Promise<void> {
  const ends = [once(process, 'SIGINT'), once(process, 'SIGTERM')];
  if (exitWithStdin) {
    process.stdin.resume();
    ends.push(once(process.stdin, 'close'));
  }
  await Promise.race(ends);
}

function readArguments(args: readonly string[]): Arguments {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        host: { type: 'string', default: 'localhost' },
        port: { type: 'string', default: '8474' },
        seed: { type: 'string', default: '1' },
        'exit-with-stdin': { type: 'boolean', default: false },
      },
    });
    const { host, seed } = values;
    return { host, port: portOf(values.port), seed, exitWithStdin: values['exit-with-stdin'] };
  } catch (error) {
    throw error instanceof DspError ? error : usageError(messageOf(error), undefined, error);
  }
}

function portOf(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) {
    throw usageError(`--port ${text} is not a port: valid are 0 to 65535`);
  }
  return port;
}

process.exit(await main());
