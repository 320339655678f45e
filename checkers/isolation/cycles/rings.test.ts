import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { checkSteps, judged } from '../check.fixture.ts';
import { nameOfRing, ring } from './ring.fixture.ts';
import type { RingKind } from './ring.fixture.ts';

const ofLists = fc.array(fc.constantFrom<RingKind>('ww', 'wr', 'rw'), {
  minLength: 2,
  maxLength: 30,
});
const ofRegisters = fc.array(fc.constantFrom<RingKind>('wr', 'rw'), {
  minLength: 2,
  maxLength: 30,
});

describe('a ring of dependencies', () => {
  test.prop([ofLists])('of lists has one cycle, with the name of its kinds', async (kinds) => {
    const result = await judged('list-append', ring('list', kinds));
    expect(result.isolation!.anomalyTypes).toEqual([nameOfRing(kinds)]);
    expect(checkSteps(result)).toBe(1);
    const { steps } = result.findings[0]!.details as { steps: { because: string }[] };
    expect(steps.map(({ because }) => because).toSorted()).toEqual(kinds.toSorted());
  });

  test.prop([ofRegisters])('of registers too', async (kinds) => {
    const result = await judged('rw-register', ring('register', kinds));
    expect(result.isolation!.anomalyTypes).toEqual([nameOfRing(kinds)]);
    expect(checkSteps(result)).toBe(1);
  });

  test.each<readonly [name: string, kinds: readonly RingKind[]]>([
    ['G0', Array<RingKind>(1500).fill('ww')],
    ['G1c', Array<RingKind>(1500).fill('wr')],
    ['G-single-item', ['rw', ...Array<RingKind>(1499).fill('wr')]],
    ['G-nonadjacent-item', Array.from({ length: 1500 }, (_, at) => (at % 2 === 0 ? 'rw' : 'wr'))],
    ['G2-item', Array<RingKind>(1500).fill('rw')],
    ['G2-item', ['rw', 'rw', ...Array<RingKind>(1498).fill('wr')]],
  ])('of 1500 transactions is decided exactly: %s', async (name, kinds) => {
    const result = await judged('list-append', ring('list', kinds));
    expect(result.isolation!.anomalyTypes).toEqual([name]);
    expect(result.figures).toMatchObject({ cycles: 1 });
  });

  test.prop([ofLists])('of which one transaction did nothing is no cycle', async (kinds) => {
    const { entries, ...others } = ring('list', kinds);
    const isFirst = ({ process }: { process: unknown }) => process === 0;
    const fewer = entries
      .filter((entry) => !isFirst(entry) || entry.type === 'invoke')
      .map((entry, index) => Object.assign({}, entry, { index }));
    const without = fewer.map((entry) =>
      isFirst(entry) ? Object.assign({}, entry, { value: [['r', 'other', null]] }) : entry,
    );
    const result = await judged('list-append', { ...others, entries: without });
    expect(result.isolation?.anomalyTypes.filter((name) => name !== 'thin-air-read') ?? []).toEqual(
      [],
    );
  });
});
