/**
 * A controller reduced to its history: `node history-writer.fixture.ts FILE ENTRIES-A-TURN` writes entries for ever, some in
 * every turn of the event loop, and says in each turn how many had been appended by the end of the turn before.
 * It ends by itself when the history cannot be written, saying why.
 */
import { writeSync } from 'node:fs';
import { DspError } from '../core/errors.ts';
import { openHistoryWriter } from './history-writer.ts';

const [file, perTurn] = process.argv.slice(2);
let failure: DspError | undefined;
const writer = openHistoryWriter(
  file!,
  { format: 'dsp-history', version: 1, originNs: 0, startedAt: '' },
  { onFailure: (error) => (failure = error) },
);
let index = 0;

function turn(): void {
  if (failure !== undefined) return end(failure, 'told');
  writeSync(1, `${index}\n`);
  try {
    for (let i = 0; i < Number(perTurn); i++, index++)
      writer.append({ index, timeNs: index, process: 0, type: 'invoke', f: 'wríte', value: index });
  } catch (thrown) {
    return end(thrown, 'thrown');
  }
  // A timer, so that the writer's own end of the turn has passed by then.
  setTimeout(turn, 1);
}

function end(thrown: unknown, how: string): void {
  if (!(thrown instanceof DspError)) throw thrown;
  process.stderr.write(`${how}: ${thrown.code}: ${thrown.message}\n`);
  void writer[Symbol.asyncDispose]();
}

turn();
