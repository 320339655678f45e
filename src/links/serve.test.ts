import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ToxiproxyOptions } from './serve.ts';
import { startToxiproxy } from './serve.ts';
import { servers } from './servers.fixture.ts';
import { toxiproxyAt } from './toxiproxy.ts';

let folder: string;
const path = process.env['PATH'];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dsp-serve-'));
});
afterEach(async () => {
  process.env['PATH'] = path;
  await rm(folder, { recursive: true });
});

const never = new AbortController().signal;
const start = (choice: string, more: Partial<ToxiproxyOptions> = {}, signal = never) =>
  startToxiproxy(
    {
      choice,
      host: '127.0.0.1',
      port: 0,
      seed: 'any text',
      logFile: join(folder, 'toxiproxy.log'),
      ...more,
    },
    signal,
  );

/** Whether any process of the group is there. */
function isAlive(group: number): boolean {
  try {
    process.kill(-group, 0);
    return true;
  } catch {
    return false;
  }
}

async function program(name: string, text: string): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, text);
  await chmod(file, 0o755);
  return file;
}

describe.each(servers)('starting the $name server', ({ name, choice }) => {
  test('it serves in a process group of its own until it is disposed of, and logs to the file', async () => {
    await writeFile(join(folder, 'toxiproxy.log'), 'what was there\n');
    const pids: number[] = [];
    const server = await start(choice, { onSpawn: (pid) => pids.push(pid) });
    expect(server).toMatchObject({ kind: name, pid: pids[0], address: { host: '127.0.0.1' } });
    using toxiproxy = toxiproxyAt(server.apiUrl);
    expect(await toxiproxy.version()).toBe(server.version);
    expect(isAlive(server.pid)).toBe(true);
    await server[Symbol.asyncDispose]();
    await server.ended;
    expect(isAlive(server.pid)).toBe(false);
    await expect(toxiproxy.version()).rejects.toMatchObject({ code: 'environment' });
    const log = await readFile(join(folder, 'toxiproxy.log'), 'utf8');
    expect(log).toMatch(/^what was there\n\{.*"handler":"Version"/s);
  });

  test('that it ended by itself is told', async () => {
    await using server = await start(choice);
    process.kill(server.pid, 'SIGKILL');
    await server.ended;
    expect(isAlive(server.pid)).toBe(false);
  });

  test('a port that is taken is an error of the environment, and nothing is left', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const pids: number[] = [];
    const options = { port, onSpawn: (pid: number) => pids.push(pid) };
    await expect(start(choice, options)).rejects.toMatchObject({
      exitStatus: 69,
      message: `Toxiproxy's port ${port} on 127.0.0.1 is taken`,
    });
    expect(pids.map(isAlive)).toEqual([false]);
    taken.close();
  });

  test('another Toxiproxy on the port is not taken for the one that was started', async () => {
    await using other = await start('embedded', { logFile: join(folder, 'other.log') });
    const { port } = other.address;
    await expect(start(choice, { port })).rejects.toThrow(`port ${port} on 127.0.0.1 is taken`);
  });

  test('an abort while it starts leaves nothing', async () => {
    const aborting = new AbortController();
    const pids: number[] = [];
    const onSpawn = (pid: number) => {
      pids.push(pid);
      aborting.abort(new Error('enough'));
    };
    await expect(start(choice, { onSpawn }, aborting.signal)).rejects.toThrow('enough');
    expect(pids.map(isAlive)).toEqual([false]);
  });

  test('a log file that cannot be written is an error of the environment', async () => {
    const logFile = join(folder, 'no', 'such', 'folder');
    await expect(start(choice, { logFile })).rejects.toMatchObject({
      code: 'environment',
      message: expect.stringContaining(`${logFile} cannot be written`),
    });
  });
});

test('the embedded server ends by itself when its controller is killed', async () => {
  const module = fileURLToPath(new URL('./controller.fixture.ts', import.meta.url));
  const controller = spawn(process.execPath, [module, join(folder, 'toxiproxy.log')]);
  const [line] = (await once(controller.stdout, 'data')) as [Buffer];
  const group = Number(line.toString());
  expect(isAlive(group)).toBe(true);
  controller.kill('SIGKILL');
  await vi.waitUntil(() => !isAlive(group), { timeout: 30_000 });
});

describe('the choice', () => {
  test('auto is the embedded server where no real one is on PATH', async () => {
    process.env['PATH'] = folder;
    await using server = await start('auto');
    expect(server.kind).toBe('embedded');
  });

  test('auto is what is on PATH, and an error where that is something else', async () => {
    const file = await program('toxiproxy-server', '#!/bin/sh\necho something else\n');
    process.env['PATH'] = `${folder}:/bin:/usr/bin`;
    await expect(start('auto')).rejects.toMatchObject({
      exitStatus: 69,
      message: `${file} is not a Toxiproxy server: asked for its -version, it did not say one`,
    });
  });

  test('auto does not take a folder or a text for a server', async () => {
    await mkdir(join(folder, 'toxiproxy-server'));
    process.env['PATH'] = folder;
    await using server = await start('auto');
    expect(server.kind).toBe('embedded');
  });

  test.each([
    ['embeded', 'did you mean embedded?'],
    ['./nowhere/toxiproxy-server', 'valid: auto, embedded, the path of a toxiproxy-server'],
  ])('%s is not there', async (choice, hint) => {
    await expect(start(choice)).rejects.toMatchObject({
      exitStatus: 69,
      message: `--toxiproxy ${choice}: there is no such program`,
      hint: expect.stringContaining(hint),
    });
  });

  test('a program that says it is a server, and ends, is quoted', async () => {
    const file = await program(
      'pretender',
      '#!/bin/sh\n[ "$1" = -version ] && echo toxiproxy-server version 9 && exit\necho no wish to >&2\n',
    );
    await expect(start(file)).rejects.toMatchObject({
      exitStatus: 69,
      message: `${file} ended at its start: no wish to`,
    });
  });
});

describe('the embedded server as a program', () => {
  const main = fileURLToPath(new URL('./embedded/main.ts', import.meta.url));
  const run = (...args: readonly string[]) =>
    spawn(process.execPath, [main, '--host', '127.0.0.1', '--port', '0', ...args], {
      stdio: 'pipe',
    });

  test.each(['SIGINT', 'SIGTERM'] as const)('ends at %s, with status 0', async (signal) => {
    const child = run();
    await once(child.stdout, 'data');
    child.kill(signal);
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  test('ends when its stdin does, if it was told so', async () => {
    const child = run('--exit-with-stdin');
    await once(child.stdout, 'data');
    child.stdin.end();
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  test('does not, if it was not told so', async () => {
    const child = run();
    child.stdin.end();
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const { address } = JSON.parse(line.toString()) as { readonly address: string };
    using toxiproxy = toxiproxyAt(`http://${address}`);
    expect(await toxiproxy.version()).toMatch(/embedded/);
    child.kill();
    await once(child, 'exit');
  });

  test.each([
    [['--port', 'x'], 64, '--port x is not a port: valid are 0 to 65535\n'],
    [['--nosuch'], 64, "Unknown option '--nosuch'"],
    [['--host', '203.0.113.1'], 69, 'Toxiproxy cannot listen on port 0 on 203.0.113.1'],
  ])('%j is refused with one sentence', async (args, status, sentence) => {
    const child = run(...args);
    let said = '';
    child.stderr.on('data', (data: Buffer) => (said += data.toString()));
    expect(await once(child, 'close')).toEqual([status, null]);
    expect(said).toContain(sentence);
  });
});
