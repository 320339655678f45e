/**
 * The package as its users get it: packed, installed in an empty project elsewhere together with a pinned Node, and run
 * by `npx`. Nothing of this checkout is in reach there.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { VerdictFile } from '../../src/store/verdict-file.ts';
import { dockerForTests } from '../support/docker.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  devDependencies: { node: string };
};

const docker = await dockerForTests();
let project: string;
let packed: readonly string[];

beforeAll(async () => {
  project = mkdtempSync(join(tmpdir(), 'dsp-package-'));
  const { stdout } = await execa('npm', ['pack', '--json', '--pack-destination', project], {
    cwd: root,
  });
  const [tarball] = JSON.parse(stdout.slice(stdout.indexOf('\n[') + 1)) as [
    { filename: string; files: { path: string }[] },
  ];
  packed = tarball.files.map(({ path }) => path);
  // npm here passes its strictness on: a user who is as strict says no to the optional parts of others, and dsp does without.
  const allowScripts = { node: true, ssh2: false, 'cpu-features': false, protobufjs: false };
  writeFileSync(join(project, 'package.json'), JSON.stringify({ allowScripts }));
  await inProject('npm', 'install', `./${tarball.filename}`, `node@${devDependencies.node}`);
});

afterAll(() => rmSync(project, { recursive: true, force: true }));

/** With the PATH of a login shell: nothing of this checkout's node_modules. */
const inProject = (command: string, ...args: readonly string[]) =>
  execa(command, args, {
    cwd: project,
    env: { PATH: outsidePath(), CI: 'true', DSP_IMAGE: process.env['DSP_IMAGE'] ?? '' },
    stdin: 'ignore',
  });

const outsidePath = (): string =>
  (process.env['PATH'] ?? '')
    .split(':')
    .filter((folder) => !folder.includes('node_modules'))
    .join(':');

describe('the packed package', () => {
  test('holds no TypeScript that Node would refuse, no tests, and its licence', () => {
    const sources = packed.filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts'));
    const tests = packed.filter((path) => /\.(test|fixture)\.|^(test|bench)\//.test(path));
    expect({ sources, tests }).toEqual({ sources: [], tests: [] });
    expect(packed).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'bin/dsp.js']));
  });

  test('runs the main job to its verdict', async () => {
    const args = ['test', '--nemesis', 'partition', '--time-limit', '10', '--json'];
    const { stdout } = await inProject('npx', 'dsp', ...args);
    expect(JSON.parse(stdout) as VerdictFile).toMatchObject({ verdict: 'valid' });
    expect(readFileSync(join(project, 'results/latest/report.html'), 'utf8')).toContain('<html');
  });

  test.runIf(docker)('runs its nodes in containers', async () => {
    const args = ['test', '--nemesis', 'kill', '--time-limit', '5', '--runtime', 'docker'];
    const { stdout } = await inProject('npx', 'dsp', ...args, '--json');
    expect(JSON.parse(stdout) as VerdictFile).toMatchObject({ verdict: 'valid' });
  });

  test('reads a dsp.config.ts that imports it', async () => {
    const config = `import { defineConfig } from 'dsp-harness';\nexport default defineConfig({ nodes: 3 });\n`;
    writeFileSync(join(project, 'dsp.config.ts'), config);
    const { stdout } = await inProject('npx', 'dsp', 'test', '--dry-run');
    expect(JSON.parse(stdout)).toMatchObject({ nodes: 3 });
  });
});
