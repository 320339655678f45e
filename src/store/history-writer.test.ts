import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { decodeHistory } from '../core/history/codec.ts';
import type { Entry, HistoryHeader } from '../core/history/entry.ts';
import { openHistoryWriter } from './history-writer.ts';

const header: HistoryHeader = { format: 'dsp-history', version: 1, originNs: 7, startedAt: 'now' };
const entry = (index: number, value: unknown = index): Entry => ({
  index,
  timeNs: index,
  process: 0,
  type: 'invoke',
  f: 'write',
  value,
});

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dsp-history-'));
  file = join(folder, 'history.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true }));

const read = () => decodeHistory(readFileSync(file, 'utf8'), file);

describe('the history writer', () => {
  test('what was appended is read back, header first', async () => {
    const entries = Array.from({ length: 3_000 }, (_, index) => entry(index, `é${index}`));
    {
      await using writer = openHistoryWriter(file, header);
      for (const each of entries) writer.append(each);
    }
    expect(read()).toEqual({ header, entries, torn: false });
  });

  test('the header is on disk before anything happens, and entries after one turn of the event loop', async () => {
    await using writer = openHistoryWriter(file, header);
    expect(read().entries).toEqual([]);
    writer.append(entry(0));
    expect(read().entries).toEqual([]);
    await new Promise(setImmediate);
    expect(read().entries).toEqual([entry(0)]);
  });

  test('within one turn memory is bounded: 64 KiB are written at once', async () => {
    await using writer = openHistoryWriter(file, header);
    for (let index = 0; index < 10_000; index++) writer.append(entry(index));
    const { length } = readFileSync(file);
    expect(10_000 * 70 - length).toBeLessThan(200_000);
    expect(read().entries.length).toBeGreaterThan(8_000);
  });

  test('an earlier history is never written over', async () => {
    {
      await using _ = openHistoryWriter(file, header);
    }
    expect(() => openHistoryWriter(file, header)).toThrow(/history.jsonl cannot be created/);
  });

  test('what JSON cannot say is an error that names the entry, and ends the history there', async () => {
    const writer = openHistoryWriter(file, header);
    writer.append(entry(0));
    expect(() => writer.append(entry(1, 2n))).toThrow(
      /entry 1 \(write\) cannot be written as JSON/,
    );
    expect(() => writer.append(entry(2))).toThrow(/entry 1/);
    await writer[Symbol.asyncDispose]();
    expect(read().entries).toEqual([entry(0)]);
  });
});

describe('a controller', () => {
  const fixture = fileURLToPath(new URL('history-writer.fixture.ts', import.meta.url));

  test.each([1, 5_000])(
    'killed while it appends %d entries a turn leaves every entry of the turns before',
    async (perTurn) => {
      const controller = spawn(process.execPath, [fixture, file, String(perTurn)]);
      let appended = 0;
      for await (const line of createInterface(controller.stdout)) {
        appended = Number(line);
        if (appended >= 30 * perTurn) controller.kill('SIGKILL');
      }
      expect(read().entries.length).toBeGreaterThanOrEqual(appended);
    },
  );

  test.each([
    [1, 'told'],
    [5_000, 'thrown'],
  ])(
    'whose disk is full after %d entries a turn is %s so, and leaves a readable history',
    async (perTurn, how) => {
      const command = `trap '' XFSZ; ulimit -f 100; exec "$0" "$@"`;
      const controller = spawn('sh', [
        '-c',
        command,
        process.execPath,
        fixture,
        file,
        `${perTurn}`,
      ]);
      controller.stdout.resume();
      let said = '';
      controller.stderr.on('data', (data) => (said += data));
      const [status] = await once(controller, 'close');
      expect(said).toMatch(`${how}: environment: the history ${file} cannot be written: EFBIG`);
      expect(status).toBe(0);
      const { entries } = read();
      expect(entries.length).toBeGreaterThan(500);
    },
  );
});
