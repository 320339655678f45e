import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { noHostsFile, underHostsFile } from './hosts-file.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'dsp-test-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => vi.unstubAllEnvs());

const ownHosts = () => readFileSync('/etc/hosts', 'utf8');

/** Runs the command where `n2` is 127.200.0.7. */
function run(...command: readonly string[]) {
  const hostsFile = join(folder, "the run's hosts");
  writeFileSync(hostsFile, '127.200.0.7 n2\n');
  const { file, arguments: args } = underHostsFile(hostsFile, command);
  return execa(file, args, { reject: false });
}

describe.runIf(noHostsFile() === undefined)('under a hosts file', () => {
  test("a process finds it at /etc/hosts, and the host's own is as it was", async () => {
    const before = ownHosts();
    const running = run('sh', '-c', 'cat /etc/hosts && read -r _');
    let seen = '';
    running.stdout.on('data', (text) => (seen += String(text)));
    await vi.waitUntil(() => seen !== '', { timeout: 10_000 });
    expect(seen).toBe('127.200.0.7 n2\n');
    // While the process is alive.
    expect(ownHosts()).toBe(before);
    running.stdin.end();
    await running;
    expect(ownHosts()).toBe(before);
  });

  test('a name is the address that the file gives it, and beside it no name at all', async () => {
    const look = `require('dns').lookup('n2', (_, address) => console.log(address))`;
    const lookUp = [process.execPath, '-e', look] as const;
    expect((await run(...lookUp)).stdout).toBe('127.200.0.7');
    expect((await execa(lookUp[0], lookUp.slice(1))).stdout).toBe('undefined');
  });

  test('the command gets its arguments as they are, and its status is its own', async () => {
    const words = ['two words', '$0', '"', "'", '*', ''];
    const { stdout } = await run('printf', '<%s>', ...words);
    expect(stdout).toBe(words.map((word) => `<${word}>`).join(''));
    expect((await run('sh', '-c', 'exit 42')).exitCode).toBe(42);
  });

  test('the command is the very process that was started, so a signal reaches it', async () => {
    const running = run('sh', '-c', 'echo $$ && exec sleep 600');
    running.stdout.once('data', (text) => {
      expect(Number(text)).toBe(running.pid);
      running.kill('SIGKILL');
    });
    expect((await running).signal).toBe('SIGKILL');
  });

  test('a command that is not there says so', async () => {
    const { exitCode, stderr } = await run('no-such-server');
    expect(exitCode).toBe(127);
    expect(stderr).toContain('no-such-server');
  });
});

test('where nothing gives a process a hosts file of its own, that is said', () => {
  vi.stubEnv('PATH', folder);
  expect(noHostsFile()).toMatch(/^(a process cannot be given a hosts file|only Linux gives)/);
});
