/** Runs that cannot start: each says in one sentence why, with the right exit status, and leaves nothing running. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { VerdictFile } from '../../src/store/verdict-file.ts';
import { dsp, freshFolder, recordOf } from '../support/dsp.ts';

let out: string;
beforeAll(() => void (out = freshFolder()));
afterAll(() => rmSync(out, { recursive: true, force: true }));

describe('a run that cannot start', () => {
  test.each([
    ['a Toxiproxy that is not there', ['--toxiproxy', '/nowhere/server'], /\/nowhere\/server/],
    ['a Toxiproxy that is none', ['--toxiproxy', '/bin/false'], /\/bin\/false/],
    ['nodes that are not ready in time', ['--ready-timeout-ms', '1'], /did not answer within 1 ms/],
  ])('%s', async (_, args, sentence) => {
    const { exitCode, stdout, stderr } = await dsp(['test', ...args, '--out', out, '--json', '-q']);
    expect(exitCode, stderr).toBe(69);
    const verdict = JSON.parse(stdout) as VerdictFile;
    expect(verdict).toMatchObject({ verdict: 'error', errorCode: 'environment' });
    expect(verdict.error).toMatch(sentence);
    expect(stderr).toContain(verdict.error);
    expect(recordOf(out)).toBeUndefined();
    const written = readFileSync(join(out, 'latest', 'verdict.json'), 'utf8');
    expect(JSON.parse(written)).toEqual(verdict);
  });
});
