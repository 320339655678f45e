import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { lastWords } from './last-words.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'dsp-test-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const said = (stderr: string, stdout = '') => {
  writeFileSync(join(folder, 'stderr.log'), stderr);
  writeFileSync(join(folder, 'stdout.log'), stdout);
};

describe('the last words of a node', () => {
  test('are the last line of its stderr that is not blank', () => {
    said('starting\r\nno disk today\r\n\n  \n', 'ready');
    expect(lastWords(folder)).toBe('no disk today');
  });

  test('are the last line of its stdout when stderr is blank', () => {
    said(' \n', 'listening\naddress in use');
    expect(lastWords(folder)).toBe('address in use');
  });

  test('are none when it said nothing, and none when there is no file', () => {
    said('', '\n');
    expect(lastWords(folder)).toBeUndefined();
    expect(lastWords(join(folder, 'nowhere'))).toBeUndefined();
  });

  test('are found behind however much it said before', () => {
    said(`${'é'.repeat(100_000)}\nno disk today\n`);
    expect(lastWords(folder)).toBe('no disk today');
  });

  test('are cut when they are too many for a sentence', () => {
    said(`${'a'.repeat(300)}\n`);
    expect(lastWords(folder)).toBe('a'.repeat(300));
    said(`${'a'.repeat(301)}\n`);
    expect(lastWords(folder)).toBe(`${'a'.repeat(300)}…`);
  });
});
