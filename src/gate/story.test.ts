import { expect, test } from 'vitest';
import type { Entry } from '../core/history/entry.ts';
import { storyOf } from './story.ts';

type Unplaced = Omit<Entry, 'index' | 'timeNs'>;

/** A hundred milliseconds apart. */
const placed = (entries: readonly Unplaced[]): Entry[] =>
  entries.map((entry, index) => ({ ...entry, index, timeNs: index * 100_000_000 }));

const phase = (f: string): Unplaced => ({ process: 'phase', type: 'info', f, value: null });
const value = { shape: 'halves', order: ['n1', 'n2'] };

test('a run is told line by line: when, who, what, what became of it', () => {
  const entries = placed([
    phase('load'),
    { process: 'nemesis:partition', type: 'invoke', f: 'start', value },
    {
      process: 'nemesis:partition',
      type: 'ok',
      f: 'start',
      value: { ...value, evidence: { leader: 'n1', cut: ['n1→n2', 'n2→n1'] } },
    },
    { process: 1, type: 'invoke', f: 'write', key: 4, value: 7, node: 'n2' as never },
    { process: 0, type: 'invoke', f: 'read', key: 4, value: null, node: 'n1' as never },
    { process: 1, type: 'ok', f: 'write', key: 4, value: 7, node: 'n2' as never },
    { process: 0, type: 'ok', f: 'read', key: 4, value: null, node: 'n1' as never },
    { process: 2, type: 'invoke', f: 'compare-and-set', key: 'a\u001b', value: [1, 2] },
    {
      process: 2,
      type: 'fail',
      f: 'compare-and-set',
      key: 'a\u001b',
      value: [1, 2],
      error: 'other value',
    },
    { process: 0, type: 'invoke', f: 'read', value: null },
    phase('heal'),
    phase('done'),
  ]);
  expect(storyOf(entries).join('\n')).toMatchInlineSnapshot(`
    "  0.100 s  partition       start halves n1 n2         installed, leader n1, cut n1→n2 n2→n1
      0.300 s  client 1 at n2  write 4: 7                 ok after 200 ms
      0.400 s  client 0 at n1  read 4                     ok: null after 200 ms
      0.700 s  client 2        compare-and-set a\\u{1b}: [1,2]  failed (other value) after 100 ms
      0.900 s  client 0        read                       was never answered
      1.000 s  · heal
      1.100 s  · done"
  `);
});

test('of a phase with very many operations the first are told, and how many more there are', () => {
  const reads = Array.from({ length: 100 }, (): Unplaced[] => [
    { process: 0, type: 'invoke', f: 'read', value: null },
    { process: 0, type: 'ok', f: 'read', value: 1 },
  ]).flat();
  const story = storyOf(placed([phase('load'), ...reads, phase('heal')]));
  expect(story).toHaveLength(42);
  expect(story.at(-2)).toBe('           … and 60 more');
});

test('a history without a load has no story', () => {
  expect(storyOf(placed([phase('set-up')]))).toEqual([]);
  expect(storyOf([])).toEqual([]);
});
