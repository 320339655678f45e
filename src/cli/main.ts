/**
 * The command line's outermost layer: runs one command and maps whatever comes of it to an exit status, in one place.
 *
 * A command returns its exit status, and throws a DspError for what a person can mend; anything else that is thrown is
 * a defect of the harness. stdout is data, stderr is conversation; a reader who closes stdout early is no error.
 */
import { writeSync } from 'node:fs';
import { run } from '@oclif/core';
import { exitStatus } from '../core/errors.ts';
import { failureOf } from './failure.ts';
import { loadOclif } from './oclif.ts';
import { refuseUnknownCommand } from './unknown-command.ts';

/** Runs the command of `argv` and leaves its exit status to the process. */
export async function main(argv: readonly string[] = process.argv.slice(2)): Promise<void> {
  const debug = argv.includes('--debug');
  survivePipes();
  process.on('uncaughtException', (thrown) => die(thrown, debug));
  process.on('unhandledRejection', (thrown) => die(thrown, debug));
  try {
    const config = await loadOclif();
    refuseUnknownCommand(argv, config);
    const result: unknown = await run([...argv], config);
    process.exitCode = typeof result === 'number' ? result : exitStatus.valid;
  } catch (thrown) {
    process.exitCode = report(thrown, debug);
  }
  endSoon();
}

/** Says what went wrong; returns the exit status. */
function report(thrown: unknown, debug: boolean): number {
  const { status, message, hint, stack } = failureOf(thrown);
  const lines = [`dsp: ${message}`, ...(hint === undefined ? [] : [`  hint: ${hint}`])];
  if (debug && stack !== undefined) lines.push(stack);
  if (message !== '') lastWords(`${lines.join('\n')}\n`);
  return status;
}

/** Past every buffer and whoever draws on the terminal: the process may end the next moment. */
function lastWords(text: string): void {
  try {
    writeSync(process.stderr.fd, text);
  } catch {
    process.stderr.write(text);
  }
}

/** What nobody awaited has failed, and nobody knows in which state the run is: nodes and proxies see the controller go. */
function die(thrown: unknown, debug: boolean): void {
  process.exit(report(thrown, debug));
}

function survivePipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
}

const graceMs = 5000;

/** A handle that somebody left open must not hang a gate; the timer itself keeps nothing waiting. */
function endSoon(): void {
  setTimeout(() => process.exit(), graceMs).unref();
}
