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
