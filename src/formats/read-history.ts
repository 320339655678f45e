/** Reads a history file, whatever its form. */
import { readFile, readdir, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { DspError, dataError, messageOf, usageError } from '../core/errors.ts';
import type { History } from '../core/history/entry.ts';
import { nearest, nearestHint } from '../core/nearest.ts';
import { detectFormat } from './detect.ts';
import { formatNames, formats } from './registry.ts';
import type { FormatName } from './registry.ts';

export type FormatChoice = FormatName | 'auto';

export const formatChoices: readonly FormatChoice[] = ['auto', ...formatNames];

/** Throws a `usage` error for a format that is not known. */
export function formatChoice(name: string): FormatChoice {
  if ((formatChoices as readonly string[]).includes(name)) return name as FormatChoice;
  throw usageError(`--format: ${name} is not known`, nearestHint(name, formatChoices));
}

/** Throws a `data` error that names the file, and the line where there is one. */
export async function readHistoryFile(
  path: string,
  format: FormatChoice = 'auto',
): Promise<History> {
  return parseHistory(await readText(path), path, format);
}

/** `source` names the text in errors. */
export const parseHistory = (text: string, source: string, format: FormatChoice): History =>
  formats[format === 'auto' ? detectFormat(text, source) : format].read(text, source);

async function readText(path: string): Promise<string> {
  try {
    const { size } = await stat(path);
    if (size > bytesMax)
      throw dataError(`${path}: has ${size} bytes; ${bytesMax} is the most that is read`);
    return await readFile(path, 'utf8');
  } catch (thrown) {
    if (thrown instanceof DspError) throw thrown;
    const { code } = thrown as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw dataError(`${path}: there is no such file`, await sibling(path));
    if (code === 'EISDIR') throw dataError(`${path}: is a folder, not a history file`);
    throw dataError(`${path}: cannot be read: ${messageOf(thrown)}`, undefined, thrown);
  }
}

/** The file beside it that was perhaps meant. */
async function sibling(path: string): Promise<string | undefined> {
  const names = await readdir(dirname(path)).catch(() => []);
  const meant = nearest(basename(path), names);
  return meant === undefined ? undefined : `did you mean ${meant}?`;
}

/** A JavaScript text cannot be longer. */
const bytesMax = 2 ** 29 - 24;
