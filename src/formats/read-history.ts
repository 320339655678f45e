/** Reads a history file, whatever its form. */
import { closeSync, fstatSync, openSync, readdirSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { DspError, dataError, messageOf, usageError } from '../core/errors.ts';
import { nearest, nearestHint } from '../core/nearest.ts';
import { detectFormat, lookedAtMax } from './detect.ts';
import { historyBuilder } from './history-builder.ts';
import type { ReadHistory } from './history-builder.ts';
import type { Independent } from './independent.ts';
import { peek, piecesOfFile, piecesOfText, withoutMark } from './pieces.ts';
import type { Pieces } from './pieces.ts';
import { formatNames, formats } from './registry.ts';
import type { FormatName } from './registry.ts';

export type FormatChoice = FormatName | 'auto';

export const formatChoices: readonly FormatChoice[] = ['auto', ...formatNames];

/** Throws a `usage` error for a format that is not known. */
export function formatChoice(name: string): FormatChoice {
  if ((formatChoices as readonly string[]).includes(name)) return name as FormatChoice;
  throw usageError(`--format: ${name} is not known`, nearestHint(name, formatChoices));
}

export interface ReadOptions {
  /** The first thing that is wrong with the file is thrown, instead of noted. */
  readonly strict?: boolean;
  readonly independent?: Independent;
  /** `HistoryTooLarge` is thrown where its lists take more, be it not much. */
  readonly memoryBytesMax?: number;
}

/** Stands for the standard input of the process, in the place of a path; it can be read once. */
export const standardInput = '-';

/** Throws a `data` error that names the file, and the line where there is one. `-` is the standard input. */
export function readHistoryFile(
  path: string,
  format: FormatChoice = 'auto',
  options: ReadOptions = {},
): ReadHistory {
  const isPiped = path === standardInput;
  const { descriptor, bytes } = isPiped ? { descriptor: 0, bytes: 0 } : open(path);
  try {
    return readPieces(piecesOfFile(descriptor), path, format, options, bytes);
  } catch (thrown) {
    throw thrown instanceof DspError || (thrown as { code?: unknown }).code === undefined
      ? thrown
      : refusalOf(path, thrown);
  } finally {
    if (!isPiped) closeSync(descriptor);
  }
}

/** `source` names the text in errors. */
export const parseHistory = (
  text: string,
  source: string,
  format: FormatChoice = 'auto',
  options: ReadOptions = {},
): ReadHistory => readPieces(piecesOfText(text), source, format, options);

function readPieces(
  pieces: Pieces,
  source: string,
  format: FormatChoice,
  { strict = false, independent = 'auto', memoryBytesMax = Number.POSITIVE_INFINITY }: ReadOptions,
  bytes = 0,
): ReadHistory {
  const { head, all } = peek(withoutMark(pieces), lookedAtMax);
  const room = roomFor(bytes, bytesPerEntry, roomMax);
  const listRoom = roomFor(bytes, bytesPerItem, listRoomMax);
  const builder = historyBuilder(source, { strict, independent, room, listRoom, memoryBytesMax });
  formats[format === 'auto' ? detectFormat(head, source) : format].read(all, builder);
  return builder.finish();
}

/** What is never filled takes no memory. */
const roomFor = (bytes: number, bytesEach: number, roomMax: number): number =>
  Math.min(Math.max(Math.ceil(bytes / bytesEach), roomMin), roomMax);

const [bytesPerEntry, bytesPerItem] = [48, 6];
const [roomMin, roomMax, listRoomMax] = [2 ** 10, 2 ** 23, 2 ** 26];

function open(path: string): { readonly descriptor: number; readonly bytes: number } {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(path, 'r');
    const status = fstatSync(descriptor);
    if (!status.isDirectory()) return { descriptor, bytes: status.size };
  } catch (thrown) {
    throw refusalOf(path, thrown);
  }
  closeSync(descriptor);
  throw dataError(`${path}: is a folder, not a history file`);
}

function refusalOf(path: string, thrown: unknown): DspError {
  const { code } = thrown as NodeJS.ErrnoException;
  if (code === 'ENOENT') return dataError(`${path}: there is no such file`, sibling(path));
  return dataError(`${path}: cannot be read: ${messageOf(thrown)}`, undefined, thrown);
}

/** The file beside it that was perhaps meant. */
function sibling(path: string): string | undefined {
  try {
    const meant = nearest(basename(path), readdirSync(dirname(path)));
    return meant === undefined ? undefined : `did you mean ${meant}?`;
  } catch {
    return undefined;
  }
}
