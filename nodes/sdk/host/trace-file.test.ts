import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nodeId } from '../../../src/core/ids.ts';
import { TraceFile } from './trace-file.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'dsp-trace-'))));
afterEach(() => rmSync(folder, { recursive: true }));

/** One life of a node, which starts and traces that. */
function live(incarnation: number): void {
  const trace = new TraceFile(nodeId(1), join(folder, 'trace.jsonl'));
  trace.add('started', { incarnation });
  trace.close();
}

const lines = () => readFileSync(join(folder, 'trace.jsonl'), 'utf8').split('\n').slice(0, -1);

describe('a trace file', () => {
  test('is gone on with after a restart', () => {
    live(1);
    live(2);
    expect(lines().map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { node: 'n1', event: 'started', incarnation: 1 },
      { node: 'n1', event: 'started', incarnation: 2 },
    ]);
  });

  test('whose last line a kill has cut keeps the next event apart from it', () => {
    live(1);
    appendFileSync(join(folder, 'trace.jsonl'), '{"node":"n1","tim');
    live(2);
    const [first, torn, second] = lines();
    expect(JSON.parse(first!)).toMatchObject({ incarnation: 1 });
    expect(torn).toBe('{"node":"n1","tim');
    expect(JSON.parse(second!)).toMatchObject({ incarnation: 2 });
  });
});
