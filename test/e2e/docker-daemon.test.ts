import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { VerdictFile } from '../../src/store/verdict-file.ts';
import { dockerForTests, imagesForTests } from '../support/docker.ts';
import { freshFolder, launcher } from '../support/dsp.ts';

const waiting = { timeout: 90_000, interval: 200 };

/** Only root can start a daemon of its own; it needs the images that the other tests use. */
const possible =
  (await dockerForTests()) !== undefined &&
  process.getuid?.() === 0 &&
  imagesForTests['base'] !== undefined &&
  (await execa('dockerd', ['--version'], { reject: false })).exitCode === 0;
if (!possible)
  process.stderr.write('\n*** NO DAEMON OF ITS OWN: the test of its restart is left out\n\n');

/** A network of its own, for the daemon's bridges and firewall rules, and for the run that it serves. */
const namespace = `dsp-test-${process.pid}`;
const inside = (command: string, ...args: string[]) =>
  execa('nsenter', [`--net=/run/netns/${namespace}`, command, ...args], {
    reject: false,
    stdin: 'ignore',
    env: { CI: 'true', NO_COLOR: '1', ...dockerHost() },
    cleanup: true,
    forceKillAfterDelay: false,
  });

let folder: string;
const dockerHost = () => ({ DOCKER_HOST: `unix://${join(folder, 'docker.sock')}` });

describe.runIf(possible)('a Docker daemon that is restarted in the middle of a run', () => {
  let daemon: { readonly ended: Promise<unknown>; stop(): void };
  const docker = (...args: string[]) => execa('docker', args, { env: dockerHost() });
  const latest = (name: string) => join(folder, 'results', 'latest', name);

  async function startDaemon(): Promise<typeof daemon> {
    const folders = { 'data-root': 'data', 'exec-root': 'exec', pidfile: 'pid' };
    const places = Object.entries(folders).flatMap(([flag, name]) => [
      `--${flag}`,
      join(folder, name),
    ]);
    const socket = ['--host', dockerHost().DOCKER_HOST];
    // What it mounts is its own, and goes with it.
    const own = ['--mount', '--propagation', 'private', 'dockerd'];
    const ended = inside('unshare', ...own, ...socket, ...places, '--bridge', 'none');
    const answers = () =>
      docker('version').then(
        () => true,
        () => false,
      );
    await vi.waitUntil(answers, waiting);
    return { ended, stop: () => process.kill(Number(readFileSync(join(folder, 'pid'), 'utf8'))) };
  }

  beforeAll(async () => {
    folder = freshFolder();
    await execa('ip', ['netns', 'add', namespace]);
    await execa('ip', ['-n', namespace, 'link', 'set', 'lo', 'up']);
    daemon = await startDaemon();
    const images = ['base', 'toxiproxy'].map((name) => imagesForTests[name]!);
    const file = join(folder, 'images.tar');
    await execa('docker', ['save', '--output', file, ...images]);
    await docker('load', '--quiet', '--input', file);
  });

  afterAll(async () => {
    daemon.stop();
    await daemon.ended;
    await execa('ip', ['netns', 'delete', namespace]);
    rmSync(folder, { recursive: true, force: true });
  });

  test('ends it with an error, exit 69; its history is kept, and nothing is left', async () => {
    const args = ['test', '--runtime', 'docker', '--time-limit', '120', '--nodes', '3'];
    const running = inside(process.execPath, launcher, ...args, '--out', join(folder, 'results'));
    const length = () =>
      existsSync(latest('history.jsonl')) ? statSync(latest('history.jsonl')).size : 0;
    await vi.waitUntil(() => length() > 30_000, waiting);
    daemon.stop();
    const { exitCode, stderr } = await running;
    expect(exitCode, stderr).toBe(69);
    expect(stderr).toContain('the Docker daemon went away in the middle of the run');
    const verdict = JSON.parse(readFileSync(latest('verdict.json'), 'utf8')) as VerdictFile;
    expect(verdict).toMatchObject({ verdict: 'error', errorCode: 'environment' });
    expect(verdict.counts.ok).toBeGreaterThan(0);
    await daemon.ended;
    daemon = await startDaemon();
    const things = async () => {
      const label = ['--filter', 'label=dsp.run', '--quiet'];
      const lists = [
        ['ps', '--all'],
        ['network', 'ls'],
        ['volume', 'ls'],
      ];
      const found = await Promise.all(lists.map((list) => docker(...list, ...label)));
      return found.map(({ stdout }) => stdout).join('');
    };
    await vi.waitUntil(async () => (await things()) === '', waiting);
  });
});
