import { appendFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nodeId } from '../core/ids.ts';
import { readMessages, writeMessages } from './messages.ts';
import type { Message } from './messages.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'dsp-test-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const append: Message = {
  sentNs: 1_200_300,
  arrivedNs: 1_700_300,
  from: nodeId(1),
  to: nodeId(2),
  kind: 'append',
  text: 'generation 3, index 12',
};
const lost: Message = { ...append, sentNs: 1_300_000, arrivedNs: null, from: 'clients', text: '' };

describe('the messages of a run', () => {
  test('are read as they were written, the lost ones too, and nothing else is left behind', () => {
    writeMessages(folder, [append, lost]);
    expect(readMessages(folder)).toEqual([append, lost]);
    expect(readdirSync(folder)).toEqual(['messages.jsonl']);
  });

  test('are unknown, not none, where there is no such file', () => {
    expect(readMessages(folder)).toBeUndefined();
    writeMessages(folder, []);
    expect(readMessages(folder)).toEqual([]);
  });

  test('are told in the order of their sending, whatever that of the lines', () => {
    writeMessages(folder, [lost, append]);
    expect(readMessages(folder)).toEqual([append, lost]);
  });

  test('a line that was cut off is passed over, and those before it are not', () => {
    writeMessages(folder, [append]);
    appendFileSync(join(folder, 'messages.jsonl'), '{"sentNs":13');
    expect(readMessages(folder)).toEqual([append]);
  });

  test.each([
    ['is no object', 'null'],
    ['has no time', JSON.stringify({ ...append, sentNs: undefined })],
    ['has no end that one could draw', JSON.stringify({ ...append, to: 2 })],
    ['says of no message whether it arrived', JSON.stringify({ ...append, arrivedNs: undefined })],
    ['arrives before it is sent', JSON.stringify({ ...append, arrivedNs: 1 })],
  ])('a line that %s is passed over', (_, line) => {
    writeFileSync(join(folder, 'messages.jsonl'), `${line}\n${JSON.stringify(append)}\n`);
    expect(readMessages(folder)).toEqual([append]);
  });
});
