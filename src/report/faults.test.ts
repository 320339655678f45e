import { describe, expect, test } from 'vitest';
import type { Entry, EntryType, History } from '../core/history/entry.ts';
import { nsPerSecond } from '../core/time.ts';
import { faultsOf } from './faults.ts';

type Said = readonly [
  second: number,
  process: Entry['process'],
  type: EntryType,
  f: string,
  value?: unknown,
];

const history = (...said: readonly Said[]): History => ({
  header: { format: 'dsp-history', version: 1, originNs: 0, startedAt: '' },
  entries: said.map(([second, process, type, f, value = null], index) => ({
    index,
    timeNs: second * nsPerSecond,
    process,
    type,
    f,
    value,
  })),
  torn: false,
});

const partition = 'nemesis:partition';

describe('fault bands', () => {
  test('reach from the beginning of the start to the end of the stop', () => {
    const [fault] = faultsOf(
      history(
        [1, partition, 'invoke', 'start', { shape: 'halves', mode: 'blackhole' }],
        [
          2,
          partition,
          'ok',
          'start',
          { shape: 'halves', mode: 'blackhole', evidence: { cut: ['n1→n2'] } },
        ],
        [5, partition, 'invoke', 'stop'],
        [6, partition, 'ok', 'stop', { evidence: { silent: [] } }],
      ),
      [],
    );
    expect(fault).toEqual({
      family: 'partition',
      label: 'halves, blackhole',
      outcome: 'installed',
      startUs: 1e6,
      endUs: 6e6,
      entry: 0,
      evidence: [
        { name: 'shape', value: 'halves' },
        { name: 'mode', value: 'blackhole' },
        { name: 'cut', value: 'n1→n2' },
        { name: 'healing: silent', value: 'none' },
      ],
    });
  });

  test('one that was skipped has no length', () => {
    const [fault] = faultsOf(
      history(
        [1, partition, 'invoke', 'start'],
        [2, partition, 'fail', 'start'],
        [9, 0, 'invoke', 'read'],
      ),
      [],
    );
    expect(fault).toMatchObject({ outcome: 'skipped', startUs: 1e6, endUs: 1e6 });
  });

  test('one that no stop ended reaches to the verified recovery', () => {
    const [fault] = faultsOf(
      history(
        [1, partition, 'invoke', 'start'],
        [2, partition, 'info', 'start'],
        [30, 0, 'invoke', 'read'],
      ),
      [{ name: 'recover', startUs: 20e6, endUs: 21e6 }],
    );
    expect(fault).toMatchObject({ outcome: 'indeterminate', endUs: 20e6 });
  });

  test('one that the history ends in reaches to its end, and counts as in doubt', () => {
    const [fault] = faultsOf(
      history([1, partition, 'invoke', 'start'], [4, 0, 'invoke', 'read']),
      [],
    );
    expect(fault).toMatchObject({ outcome: 'indeterminate', startUs: 1e6, endUs: 4e6 });
  });

  test('families have bands of their own, in the order of their starts', () => {
    const faults = faultsOf(
      history(
        [1, 'nemesis:kill', 'invoke', 'start', { target: 'leader' }],
        [
          2,
          'nemesis:kill',
          'ok',
          'start',
          { target: 'leader', evidence: { after: { n3: 'dead' } } },
        ],
        [3, partition, 'invoke', 'start'],
        [4, partition, 'ok', 'start'],
        [5, 'nemesis:kill', 'invoke', 'stop'],
        [6, 'nemesis:kill', 'ok', 'stop'],
        [7, partition, 'invoke', 'stop'],
        [8, partition, 'ok', 'stop'],
      ),
      [],
    );
    expect(faults.map(({ family, label, endUs }) => [family, label, endUs])).toEqual([
      ['kill', 'leader, n3', 6e6],
      ['partition', '', 8e6],
    ]);
  });

  test('a stop without a start is no fault', () => {
    expect(
      faultsOf(history([1, partition, 'invoke', 'stop'], [2, partition, 'ok', 'stop']), []),
    ).toEqual([]);
  });
});
