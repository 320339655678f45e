/** The verdict that is known for every recorded history, under both readings of a failed compare-and-set. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parseHistory } from '../../src/formats/read-history.ts';
import type { FormatName } from '../../src/formats/registry.ts';
import { linearizable } from './checker.ts';
import { check, counterexampleOf, verdictOf } from './check.fixture.ts';

const root = fileURLToPath(new URL('../../test/fixtures/histories', import.meta.url));

const read = (format: FormatName, path: string) =>
  parseHistory(readFileSync(join(root, path), 'utf8'), path, format);

const known = JSON.parse(readFileSync(join(root, 'etcd-jepsen/verdicts.json'), 'utf8')) as Record<
  string,
  'valid' | 'invalid'
>;

const inWords = { valid: 'valid', invalid: 'invalid (safety)' };

describe('etcd under partitions', () => {
  test('all 52 have a known verdict, some of either kind', () => {
    const logs = readdirSync(join(root, 'etcd-jepsen')).filter((name) => name.endsWith('.log'));
    expect(Object.keys(known).toSorted()).toEqual(logs.toSorted());
    expect(new Set(Object.values(known)).size).toBe(2);
  });

  test.each(Object.entries(known))('%s is %s', async (name, verdict) => {
    const history = read('jepsen-log', join('etcd-jepsen', name));
    const didNotHappen = linearizable('cas-register');
    const isEvidence = linearizable('cas-register', { failedIsEvidence: true });
    expect(await verdictOf(didNotHappen, history)).toBe(inWords[verdict]);
    expect(await verdictOf(isEvidence, history)).toBe(inWords[verdict]);
  });

  const violations = Object.keys(known).filter((name) => known[name] === 'invalid');
  test.each(violations)('the counterexample of %s is small', async (name) => {
    const history = read('jepsen-log', join('etcd-jepsen', name));
    const result = await check(linearizable('cas-register'), history);
    const { operations, smallest } = counterexampleOf(result);
    expect(smallest).toBe(true);
    expect(operations.length).toBeLessThanOrEqual(15);
  });
});

describe('key-value store', () => {
  test.each([
    ['c01-ok.txt', 'valid'],
    ['c10-ok.txt', 'valid'],
    ['c01-bad.txt', 'invalid (safety)'],
    ['c10-bad.txt', 'invalid (safety)'],
  ])('%s is %s', async (name, verdict) => {
    const history = read('porcupine-kv', join('kv', name));
    expect(await verdictOf(linearizable('kv'), history)).toBe(verdict);
  });
});

describe('compare-and-set registers of Knossos', () => {
  const folder = 'knossos/cas-register';
  const named = (kind: string) =>
    readdirSync(join(root, folder, kind)).map((name) => join(folder, kind, name));

  test.each(named('good'))('%s is valid', async (path) => {
    expect(await verdictOf(linearizable('cas-register'), read('edn', path))).toBe('valid');
  });

  test.each(named('bad'))('%s is invalid', async (path) => {
    const verdict = await verdictOf(linearizable('cas-register'), read('edn', path));
    expect(verdict).toBe('invalid (safety)');
  });
});
