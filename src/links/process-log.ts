/** The log file of a process: its output is appended to it, and it can be looked at for what this process wrote. */
import { closeSync, createWriteStream, fstatSync, openSync } from 'node:fs';
import type { WriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { environmentError, messageOf } from '../core/errors.ts';

export interface ProcessLog extends Disposable {
  /** For the process to inherit. It stays the process's when the log is disposed of. */
  readonly output: WriteStream;
  /** What was written since the log was opened. */
  written(): Promise<string>;
}

/** Opens the file to append; what stands in it already is left alone, and not looked at. */
export function openProcessLog(file: string): ProcessLog {
  const fd = openToAppend(file);
  const { size } = fstatSync(fd);
  return {
    output: createWriteStream(file, { fd, autoClose: false }),
    written: async () => (await readFile(file)).subarray(size).toString(),
    [Symbol.dispose]: () => closeSync(fd),
  };
}

function openToAppend(file: string): number {
  try {
    return openSync(file, 'a');
  } catch (error) {
    throw environmentError(`${file} cannot be written: ${messageOf(error)}`, undefined, error);
  }
}
