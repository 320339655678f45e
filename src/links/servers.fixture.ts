/**
 * The servers that the conformance suite runs against: the embedded one always, the real one where it is found, on PATH
 * or where TOXIPROXY_SERVER says.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { serverProgram } from './server-program.ts';
import type { RunningToxiproxy } from './serve.ts';
import { startToxiproxy } from './serve.ts';

export interface ServerUnderTest {
  readonly name: 'embedded' | 'real';
  /** As `--toxiproxy` takes it. */
  readonly choice: string;
}

/** The real server, if there is one here. */
export const realServer: ServerUnderTest | undefined = await findReal();

const embeddedServer: ServerUnderTest = { name: 'embedded', choice: 'embedded' };

export const servers: readonly ServerUnderTest[] = [
  embeddedServer,
  ...(realServer === undefined ? [] : [realServer]),
];

if (realServer === undefined) {
  console.warn(
    '\n*** NO REAL TOXIPROXY: the conformance suite ran against the embedded server alone. ***\n' +
      '*** Put toxiproxy-server 2.12 on PATH, or its path in TOXIPROXY_SERVER, to run it against both. ***\n',
  );
}

async function findReal(): Promise<ServerUnderTest | undefined> {
  const named = process.env['TOXIPROXY_SERVER'] ?? '';
  if (named !== '') return { name: 'real', choice: named };
  const found = await serverProgram('auto');
  return found.kind === 'real' ? { name: 'real', choice: found.file } : undefined;
}

/** Starts the server before the tests of this file or block, and ends it after them. */
export function useServer({ choice }: ServerUnderTest): { readonly running: RunningToxiproxy } {
  const state: { running?: RunningToxiproxy; folder?: string } = {};
  beforeAll(async () => {
    state.folder = await mkdtemp(join(tmpdir(), 'dsp-links-'));
    const logFile = join(state.folder, 'toxiproxy.log');
    const options = { choice, host: '127.0.0.1', port: 0, seed: 'conformance', logFile };
    state.running = await startToxiproxy(options, new AbortController().signal);
  });
  afterAll(async () => {
    await state.running?.[Symbol.asyncDispose]();
    if (state.folder !== undefined) await rm(state.folder, { recursive: true });
  });
  return {
    get running() {
      if (state.running === undefined) throw new Error('the server is not running');
      return state.running;
    },
  };
}
