import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { loneEnv, type LoneEnv } from '../../sdk/memory/lone-env.fixture.ts';
import { generation } from '../generation-clock/generation.ts';
import { writeAheadLogBugs } from './bugs.ts';
import { logIndex } from './entry.ts';
import { LogDamaged, openWriteAheadLog, type OpenLog, type WriteAheadLog } from './log.ts';

const g1 = generation(1);

const open = (lone: LoneEnv, how: OpenLog = openWriteAheadLog): Promise<WriteAheadLog<string>> =>
  lone.settle(how<string>(lone.env()));

const commandsOf = (log: WriteAheadLog<string>): string[] =>
  log
    .entriesFrom(logIndex(1), { entriesMax: 1000, bytesMax: 1_000_000 })
    .map(({ command }) => command);

describe('write-ahead log', () => {
  test('what was synced is there after a power failure', async () => {
    const lone = loneEnv();
    const log = await open(lone);
    log.append(g1, 'a');
    log.append(g1, 'b');
    await lone.settle(log.sync());
    expect(log.durable).toBe(2);
    lone.restart('power-loss');
    expect(commandsOf(await open(lone))).toEqual(['a', 'b']);
  });

  test('what was not synced is not called durable, and may be gone', async () => {
    const lone = loneEnv();
    const log = await open(lone);
    log.append(g1, 'a');
    expect(log.durable).toBe(0);
    expect(log.last.index).toBe(1);
    lone.restart('power-loss');
    expect(commandsOf(await open(lone))).toEqual([]);
  });

  test('one sync serves all that has gathered', async () => {
    const lone = loneEnv();
    const log = await open(lone);
    let syncs = 0;
    const env = lone.env();
    const counted = {
      ...env,
      files: {
        ...env.files,
        syncFile: (name: string) => {
          syncs++;
          return env.files.syncFile(name);
        },
      },
    };
    const again = await lone.settle(openWriteAheadLog<string>(counted));
    syncs = 0;
    for (let n = 0; n < 100; n++) again.append(g1, `${n}`);
    await lone.settle(again.sync());
    expect(syncs).toBe(1);
    expect(log.durable).toBe(0);
  });

  test('a suffix that was cut stays cut, and others take its place', async () => {
    const lone = loneEnv();
    const log = await open(lone);
    for (const command of ['a', 'b', 'c']) log.append(g1, command);
    await lone.settle(log.sync());
    await lone.settle(log.cutFrom(logIndex(2)));
    log.append(generation(2), 'B');
    await lone.settle(log.sync());
    lone.restart('power-loss');
    const again = await open(lone);
    expect(commandsOf(again)).toEqual(['a', 'B']);
    expect(again.last).toMatchObject({ index: 2, generation: 2 });
  });

  test('a slice keeps below its limits, and has at least one entry', async () => {
    const log = await open(loneEnv());
    for (let n = 0; n < 10; n++) log.append(g1, 'x'.repeat(100));
    const slice = (entriesMax: number, bytesMax: number) =>
      log.entriesFrom(logIndex(3), { entriesMax, bytesMax }).map(({ index }) => index);
    expect(slice(4, 1e6)).toEqual([3, 4, 5, 6]);
    expect(slice(100, 300)).toEqual([3, 4]);
    expect(slice(100, 1)).toEqual([3]);
    expect(log.entriesFrom(logIndex(11), { entriesMax: 1, bytesMax: 1 })).toEqual([]);
  });

  test('damage before the tail keeps it from opening', async () => {
    const lone = loneEnv();
    const log = await open(lone);
    for (const command of ['a', 'b', 'c']) {
      log.append(g1, command);
      await lone.settle(log.sync());
    }
    lone.world.disk(lone.node).flipBit('log', 8 * 30);
    await expect(open(lone)).rejects.toThrow(LogDamaged);
  });

  test('a torn tail is cut from the file too, so that it cannot come back', async () => {
    const lone = loneEnv();
    const log = await open(lone);
    log.append(g1, 'a');
    await lone.settle(log.sync());
    lone.world.disk(lone.node).append('log', Buffer.from('WAL1 rubbish'));
    const again = await open(lone);
    again.append(g1, 'b');
    await lone.settle(again.sync());
    expect(commandsOf(await open(lone))).toEqual(['a', 'b']);
  });
});

type Step = 'append' | 'sync' | 'cut' | 'power-loss' | 'kill';
const steps = fc.array(
  fc.constantFrom<Step>('append', 'append', 'append', 'sync', 'sync', 'cut', 'power-loss', 'kill'),
  { maxLength: 40 },
);

/** Takes the steps on a fresh disk; says whether after every restart the log was what had been promised, or more. */
async function keepsItsPromise(taken: readonly Step[], how: OpenLog): Promise<boolean> {
  const lone = loneEnv(taken.join());
  let log = await open(lone, how);
  let promised: string[] = [];
  let appended: string[] = [];
  for (const [n, step] of taken.entries()) {
    if (step === 'append') {
      log.append(g1, `${n}`);
      appended.push(`${n}`);
    } else if (step === 'sync') {
      await lone.settle(log.sync());
      promised = appended.slice(0, log.durable);
    } else if (step === 'cut' && appended.length > 0) {
      const from = Math.ceil(appended.length / 2);
      await lone.settle(log.cutFrom(logIndex(from)));
      appended = appended.slice(0, from - 1);
      promised = appended.slice(0, log.durable);
    } else if (step === 'kill' || step === 'power-loss') {
      lone.restart(step);
      log = await open(lone, how);
      const found = commandsOf(log);
      const isPrefix = found.every((command, at) => command === appended[at]);
      if (!isPrefix || found.length < promised.length) return false;
      promised = [...found];
      appended = found;
    }
  }
  return true;
}

describe('whatever happens to the node', () => {
  test.prop([steps], { numRuns: 200 })(
    'the log keeps all that it called durable',
    async (taken) => {
      expect(await keepsItsPromise(taken, openWriteAheadLog)).toBe(true);
    },
  );

  test('one that acknowledges before the sync does not', async () => {
    const { part } = writeAheadLogBugs['ack-before-fsync'];
    const kept = keepsItsPromise(['append', 'sync', 'append', 'sync', 'power-loss'], part);
    expect(await kept).toBe(false);
  });

  test('but nobody sees it before the power fails', async () => {
    const { part } = writeAheadLogBugs['ack-before-fsync'];
    expect(await keepsItsPromise(['append', 'sync', 'append', 'kill', 'sync'], part)).toBe(true);
  });
});
