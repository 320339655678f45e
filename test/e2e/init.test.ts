/** `dsp init` as its user meets it: what it writes type-checks, loads, and makes a plan. */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ownProject, type OwnProject } from '../support/own-project.ts';

let project: OwnProject;
beforeAll(async () => void (project = await ownProject()));
afterAll(() => project[Symbol.dispose]());

const servers: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ['nothing', {}],
  ['a-package', { 'package.json': '{"name":"kv","type":"module","main":"kv.js"}' }],
  ['a-dockerfile', { Dockerfile: 'FROM scratch\nEXPOSE 2379 2380\nVOLUME /var/kv\n' }],
  [
    'all-of-them',
    {
      'package.json': '{"name":"@acme/it\'s","scripts":{"start":"node kv.js && true"}}',
      Dockerfile: 'FROM node\nEXPOSE 80\n',
      'compose.yaml': 'services:\n  kv:\n    image: "kv:\'1\'"\n    ports: ["80:80"]\n',
    },
  ],
];

test.each(servers)(
  'beside %s it writes what type-checks and can be planned',
  async (name, files) => {
    mkdirSync(join(project.folder, name));
    for (const [file, text] of Object.entries(files)) project.write(join(name, file), text);
    const written = await project.dsp('init', name);
    expect(written.stderr).toBe('');
    expect(written.exitCode).toBe(0);
    const [, path = ''] = /^wrote (\S+)$/m.exec(written.stdout) ?? [];
    expect(await project.typeErrors(path)).toBe('');
    const planned = await project.dsp(
      'test',
      '--dry-run',
      '--runtime',
      'process',
      '--config',
      path,
    );
    const listed = await project.dsp('list', 'systems', '--config', path, '--json');
    const system = (JSON.parse(listed.stdout) as { name: string }[]).at(-1)!.name;
    if (name === 'a-dockerfile')
      expect(planned.stderr).toContain(
        'has an image and no command, so it runs in containers only',
      );
    else expect(JSON.parse(planned.stdout)).toMatchObject({ system, nodes: 3 });
  },
);

test('a second time it writes nothing, says so, and exits with 64', async () => {
  mkdirSync(join(project.folder, 'twice'));
  await project.dsp('init', 'twice');
  const path = join(project.folder, 'twice', 'dsp.config.mts');
  const before = readFileSync(path, 'utf8');
  const { exitCode, stdout, stderr } = await project.dsp('init', 'twice');
  expect(stderr).toMatch(/^dsp: twice\/dsp\.config\.mts is there already, and is left as it is\n/);
  expect({ exitCode, stdout }).toEqual({ exitCode: 64, stdout: '' });
  expect(readFileSync(path, 'utf8')).toBe(before);
  expect(existsSync(join(project.folder, 'twice', 'dsp.config.ts'))).toBe(false);
});
