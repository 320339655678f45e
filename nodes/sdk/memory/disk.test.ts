import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { seededRandom } from '../../../src/core/random.ts';
import { replaceFile } from '../files.ts';
import { MemoryDisk } from './disk.ts';
import { loneEnv } from './lone-env.fixture.ts';

const textOf = (disk: MemoryDisk, name = 'f'): string | undefined => {
  const bytes = disk.read(name);
  return bytes === undefined ? undefined : Buffer.from(bytes).toString();
};
const bytes = (text: string): Uint8Array => Buffer.from(text);

describe('a disk in memory', () => {
  test('loses the name of a file whose folder was not synced', () => {
    const disk = new MemoryDisk();
    disk.append('f', bytes('a'));
    disk.syncFile('f');
    disk.losePower(seededRandom(1));
    expect(textOf(disk)).toBeUndefined();
  });

  test('goes back to the old name when a renaming was not synced', () => {
    const disk = new MemoryDisk();
    disk.append('f', bytes('a'));
    disk.syncFile('f');
    disk.syncFolder();
    disk.rename('f', 'g');
    disk.losePower(seededRandom(1));
    expect(disk.list()).toEqual(['f']);
  });

  const step = fc.oneof(
    fc.record({ do: fc.constant('append' as const), text: fc.stringMatching(/^[a-z]{1,4}$/) }),
    fc.record({ do: fc.constant('truncate' as const), length: fc.nat({ max: 12 }) }),
    fc.constant({ do: 'sync' as const }),
  );
  test.prop([fc.array(step), fc.nat()])(
    'after a power failure a file is what was synced, or more of what was written behind it',
    (steps, seed) => {
      const disk = new MemoryDisk();
      disk.append('f', bytes(''));
      disk.syncFolder();
      let present = '';
      let synced = '';
      /** How much of what was synced has stayed in place since. */
      let intact = 0;
      for (const one of steps) {
        if (one.do === 'append') {
          disk.append('f', bytes(one.text));
          present += one.text;
        } else if (one.do === 'truncate') {
          disk.truncate('f', one.length);
          present = present.slice(0, one.length);
          intact = Math.min(intact, one.length);
        } else {
          disk.syncFile('f');
          synced = present;
          intact = synced.length;
        }
      }
      expect(textOf(disk)).toBe(present);
      disk.losePower(seededRandom(seed));
      const left = textOf(disk)!;
      const isOld = left === synced;
      const isPart = present.startsWith(left) && left.length >= Math.min(intact, present.length);
      expect(isOld || isPart).toBe(true);
      disk.losePower(seededRandom(seed + 1));
      expect(textOf(disk)).toBe(left);
    },
  );

  test('a file that is replaced is the old one or the new one, whenever the power fails', async () => {
    const seen = new Set<string>();
    for (let steps = 0; steps < 12; steps++) {
      const lone = loneEnv(steps);
      const { files } = lone.env();
      await lone.settle(replaceFile(files, 'f', bytes('old')));
      void replaceFile(files, 'f', bytes('new'));
      for (let n = 0; n < steps; n++) await lone.world.timeline.step(1000);
      lone.restart('power-loss');
      seen.add(textOf(lone.world.disk(lone.node))!);
    }
    expect([...seen].toSorted()).toEqual(['new', 'old']);
  });
});

describe('damage to a disk', () => {
  const aDisk = () => {
    const disk = new MemoryDisk();
    disk.append('small', bytes('ab'));
    disk.append('large', bytes('abcdefgh'));
    for (const name of ['small', 'large']) disk.syncFile(name);
    disk.syncFolder();
    return disk;
  };

  test.prop([fc.nat()])('by a flip is one bit of the largest file, and says which', (seed) => {
    const disk = aDisk();
    const where = disk.damage(seededRandom(seed), { kind: 'flip' });
    const bit = Number(/^bit (\d+) of large$/.exec(where!)![1]);
    const differing = [...disk.read('large')!].map((byte, at) => byte ^ bytes('abcdefgh')[at]!);
    expect(differing.map((byte) => byte.toString(2).replaceAll('0', '')).join('')).toBe('1');
    expect(differing[bit >> 3]).toBe(1 << (bit & 7));
    expect(textOf(disk, 'small')).toBe('ab');
  });

  test('by truncation takes so many bytes from the end, or all there are', () => {
    const disk = aDisk();
    const random = seededRandom(1);
    const take = (count: number) => disk.damage(random, { kind: 'truncate', bytes: count });
    expect(take(3)).toBe('large from byte 5 on');
    expect(textOf(disk, 'large')).toBe('abcde');
    expect(take(100)).toBe('large from byte 0 on');
    expect(textOf(disk, 'large')).toBe('');
    expect(take(1)).toBe('small from byte 1 on');
  });

  test('is no loss of power: what is damaged stays so, synced or not', () => {
    const disk = aDisk();
    disk.append('large', bytes('unsynced'));
    disk.damage(seededRandom(1), { kind: 'truncate', bytes: 1 });
    disk.losePower(seededRandom(1));
    expect(textOf(disk, 'large')).toBe('abcdefghunsynce');
  });

  test('finds nothing where nothing is', () => {
    const disk = new MemoryDisk();
    expect(disk.damage(seededRandom(1), { kind: 'flip' })).toBeUndefined();
    disk.append('f', bytes(''));
    expect(disk.damage(seededRandom(1), { kind: 'truncate', bytes: 1 })).toBeUndefined();
    expect(disk.list()).toEqual(['f']);
  });
});

describe('a loss of power', () => {
  const lostOf = (seed: number, sync: boolean) => {
    const disk = new MemoryDisk();
    disk.append('f', bytes('abcd'));
    disk.syncFile('f');
    disk.syncFolder();
    disk.append('f', bytes('efgh'));
    if (sync) disk.syncFile('f');
    const lost = disk.losePower(seededRandom(seed));
    expect(textOf(disk)!.length + lost).toBe(8);
    return lost;
  };

  test('takes anything between nothing and all that was not synced, and counts it', () => {
    const seen = new Set(Array.from({ length: 100 }, (_, seed) => lostOf(seed, false)));
    expect(seen).toEqual(new Set([0, 1, 2, 3, 4]));
  });

  test('takes nothing that was synced', () => {
    for (let seed = 0; seed < 20; seed++) expect(lostOf(seed, true)).toBe(0);
  });
});
