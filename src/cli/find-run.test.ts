import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findRun } from './find-run.ts';

let out: string;
const names = {
  first: 'log-register-kill/20260101T000000-000Z-7',
  second: 'log-register-none/20260102T000000-000Z-42',
  third: 'log-register-kill/20260103T000000-000Z-742',
};
beforeAll(() => {
  out = mkdtempSync(join(tmpdir(), 'dsp-runs-'));
  for (const name of Object.values(names)) {
    mkdirSync(join(out, name), { recursive: true });
    writeFileSync(join(out, name, 'plan.json'), '{}');
  }
  mkdirSync(join(out, 'log-register-none/20260104T000000-000Z-9'));
});
afterAll(() => rmSync(out, { recursive: true }));

const found = (wanted: string) => findRun(wanted, out);

describe('the run that somebody means', () => {
  test('a folder is itself, wherever results are', () => {
    expect(findRun(join(out, names.first), '/nowhere')).toBe(join(out, names.first));
  });

  test('a seed is found whole before it is found as a part', () => {
    expect(found('42')).toBe(join(out, names.second));
    expect(found('74')).toBe(join(out, names.third));
  });

  test('of several that fit, the newest', () => {
    expect(found('kill')).toBe(join(out, names.third));
  });

  test('latest without a link is the newest that has a plan', () => {
    expect(found('latest')).toBe(join(out, names.third));
  });

  test('latest with a link is what it points at', () => {
    symlinkSync(names.first, join(out, 'latest'));
    expect(found('latest')).toBe(join(out, names.first));
  });

  test('a run that is not there is refused, and the newest named', () => {
    expect(() => found('nope')).toThrow(/there is no run nope/);
    expect(() => found('nope')).toThrow(
      expect.objectContaining({ hint: `the newest is ${join(out, names.third)}` }),
    );
  });
});
