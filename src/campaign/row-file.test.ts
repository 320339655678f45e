import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fc, test as property } from '@fast-check/vitest';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { rowWith } from '../../test/support/campaign.ts';
import { openRowFile } from './row-file.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dsp-rows-'));
  path = join(folder, 'rows.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (...seeds: string[]): void => {
  const file = openRowFile(folder);
  for (const seed of seeds) file.append(rowWith({ seed }));
};
const seedsIn = (): string[] => openRowFile(folder).earlier.map(({ seed }) => seed);

test('a campaign that has just begun has no rows', () => {
  expect(openRowFile(folder).earlier).toEqual([]);
});

test('rows are there again as they were', () => {
  write('1');
  expect(openRowFile(folder).earlier).toEqual([rowWith({ seed: '1' })]);
});

test('a last line that was cut off is dropped, and the next row stands on a line of its own', () => {
  write('1', '2');
  appendFileSync(path, '{"cell":"cell-1","seed":"3","verd');
  write('3');
  expect(seedsIn()).toEqual(['1', '2', '3']);
});

property.prop([fc.nat({ max: 2000 })])(
  'wherever it is cut, whole rows stay and nothing else is read',
  (length) => {
    rmSync(path, { force: true });
    write('1', 'zwölf', '3');
    const whole = readFileSync(path);
    const cut = whole.subarray(0, Math.min(length, whole.length));
    writeFileSync(path, cut);
    const lines = cut.toString('utf8').split('\n').length - 1;
    expect(seedsIn()).toEqual(['1', 'zwölf', '3'].slice(0, lines));
    write('4');
    expect(seedsIn()).toEqual([...['1', 'zwölf', '3'].slice(0, lines), '4']);
  },
);

test('of two rows of one run the first counts', () => {
  openRowFile(folder).append(rowWith({ summary: 'first' }));
  openRowFile(folder).append(rowWith({ summary: 'second' }));
  expect(openRowFile(folder).earlier).toEqual([rowWith({ summary: 'first' })]);
});

test('a line within that is no row is named', () => {
  write('1');
  appendFileSync(path, 'nonsense\n');
  expect(() => openRowFile(folder)).toThrow(`${path}:2 is not a row of a campaign`);
});
