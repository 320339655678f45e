import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { configFileNames } from '../config/load.ts';
import { folderWith } from './folder.fixture.ts';
import { writeConfig } from './write-config.ts';

const holders: string[] = [];
afterEach(() => {
  for (const holder of holders.splice(0)) rmSync(holder, { recursive: true });
});

function folderOf(files: Readonly<Record<string, string>>, name?: string): string {
  const { folder, holder } = folderWith(files, name);
  holders.push(holder);
  return folder;
}

const written = (files: Readonly<Record<string, string>>, name?: string) => {
  const { path, survey } = writeConfig(folderOf(files, name), ['etcd']);
  return { file: basename(path), text: readFileSync(path, 'utf8'), survey };
};

describe('what is written', () => {
  test('has what was found, with where it was found', () => {
    const { text } = written({
      'package.json': '{"name":"@acme/kv","scripts":{"start":"node kv.js"}}',
      Dockerfile: 'EXPOSE 80 81\nVOLUME /var/kv',
      'compose.yml': 'services:\n  kv:\n    image: acme/kv:3',
    });
    expect(text).toContain("// From compose.yml (kv)\n  image: 'acme/kv:3',");
    expect(text).toContain("// From package.json (start)\n  command: ['node', 'kv.js'],");
    expect(text).toContain('// From Dockerfile (EXPOSE)\n  ports: { client: 80, peers: [81] },');
    expect(text).toContain("dataFolder: '/var/kv',");
    expect(text).toContain("systems: { 'kv': server }");
  });

  test('says FILL IN where nothing was found', () => {
    const { text } = written({}, 'My Server');
    expect(text.match(/FILL IN: (what starts|how a member|where clients|how a client)/g)).toEqual([
      'FILL IN: what starts',
      'FILL IN: how a member',
      'FILL IN: where clients',
      'FILL IN: how a client',
    ]);
    expect(text).toContain("system: 'my-server'");
  });

  test('runs in containers only where there is an image and no command', () => {
    const { text } = written({ Dockerfile: 'FROM scratch' });
    expect(text).not.toContain('command: [');
    expect(text).toContain("runtime: 'docker',");
  });

  test('no text that was found gets out of its place', () => {
    const name = "k'); process.exit(1); //\n v";
    const { text } = written({ 'package.json': JSON.stringify({ name, main: "a'b\n.js" }) });
    expect(text).toContain("system: 'k-process-exit-1-v'");
    expect(text).toContain(String.raw`command: ['node', 'a\'b\n.js'],`);
  });

  test.each([
    ['{"type":"module"}', 'dsp.config.ts'],
    ['{"type":"commonjs"}', 'dsp.config.mts'],
    ['{}', 'dsp.config.mts'],
  ])('stands in a file that is a module beside a package of %s: %s', (manifest, file) => {
    expect(written({ 'package.json': manifest })).toMatchObject({ file });
  });

  test.each([
    ['etcd', 'my-etcd'],
    ['___', 'my-server'],
    ['Some_KV.2', 'some-kv-2'],
  ])('a folder %s makes a system %s', (folder, name) => {
    expect(written({}, folder).survey.name).toBe(name);
  });
});

describe('nothing is written over anything', () => {
  test.each(configFileNames)('where %s is there already', (name) => {
    const folder = folderOf({ [name]: 'mine' });
    expect(() => writeConfig(folder, [])).toThrow(
      expect.objectContaining({
        code: 'usage',
        message: `${join(folder, name)} is there already, and is left as it is`,
      }),
    );
    expect(readdirSync(folder)).toEqual([name]);
    expect(readFileSync(join(folder, name), 'utf8')).toBe('mine');
  });

  test('nor where there is no folder', () => {
    const folder = folderOf({ file: '' });
    for (const path of [join(folder, 'nowhere'), join(folder, 'file')])
      expect(() => writeConfig(path, [])).toThrow(expect.objectContaining({ code: 'usage' }));
  });
});
