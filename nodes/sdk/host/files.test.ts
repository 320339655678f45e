import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { replaceFile, type Files } from '../files.ts';
import { hostFiles } from './files.ts';

let folder: string;
let files: Files;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dsp-files-'));
  files = hostFiles(folder);
});
afterEach(() => rmSync(folder, { recursive: true }));

const textOf = async (name: string, from = files): Promise<string | undefined> => {
  const bytes = await from.read(name);
  return bytes === undefined ? undefined : Buffer.from(bytes).toString();
};

describe('files of a real node', () => {
  test('a file that is not there is read as undefined', async () => {
    expect(await files.read('f')).toBeUndefined();
  });

  test('operations take effect in the order of the calls, awaited or not', async () => {
    void files.append('f', Buffer.from('abc'));
    void files.append('f', Buffer.from('def'));
    void files.truncate('f', 4);
    void files.append('f', Buffer.from('X'));
    void files.syncFile('f');
    expect(await textOf('f')).toBe('abcdX');
  });

  test('a renamed file takes the other’s place, and is written to under its new name', async () => {
    await files.append('old', Buffer.from('old'));
    await files.append('new', Buffer.from('new'));
    await files.rename('new', 'old');
    await files.append('old', Buffer.from('er'));
    await files.syncFolder();
    expect(await files.list()).toEqual(['old']);
    expect(await textOf('old')).toBe('newer');
  });

  test('a removed file is gone, and removing it again changes nothing', async () => {
    await files.append('f', Buffer.from('a'));
    await files.remove('f');
    await files.remove('f');
    expect(await files.list()).toEqual([]);
    await files.append('f', Buffer.from('b'));
    expect(await textOf('f')).toBe('b');
  });

  test('a replaced file is seen by the next life of the node', async () => {
    await replaceFile(files, 'f', Buffer.from('first'));
    await replaceFile(files, 'f', Buffer.from('second'));
    expect(await textOf('f', hostFiles(folder))).toBe('second');
  });

  test('an operation that fails rejects, and the next is done all the same', async () => {
    await expect(files.rename('none', 'other')).rejects.toThrow('ENOENT');
    await files.append('f', Buffer.from('a'));
    expect(await textOf('f')).toBe('a');
  });
});
